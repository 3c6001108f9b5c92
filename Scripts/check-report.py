#!/usr/bin/env python3
"""Render a page of a report in headless Chromium and check it.

    python3 Scripts/check-report.py report.html [--pictures FOLDER] [--chromium PROGRAM]

Renders the page in light, dark, narrow (360 px), on paper and without scripts. Checks that nothing
is requested but the page, that nothing is written to the console, that a narrow screen does not
scroll sideways, that text has a contrast of 4.5 or more, and the structure: headings, captions,
titles of drawings, names of fields. Prints what was checked; exits with 1 and a list of faults when
something does not hold. With --pictures it keeps a picture of each way. Standard library only:
it speaks to Chromium by the DevTools protocol over a pipe.
"""

import argparse
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LEAST_CONTRAST = 4.5
NARROW = 360
OPENED = 20  # questions that are opened for the check
TALLEST = 16000  # pixels of a picture

WAYS = {
    "light": dict(width=1200, scheme="light"),
    "dark": dict(width=1200, scheme="dark"),
    "narrow": dict(width=NARROW, scheme="light"),
    "narrow-dark": dict(width=NARROW, scheme="dark"),
    "paper": dict(width=800, scheme="light", media="print"),
}

CHECKS = r"""
(() => {
  const faults = [], seen = {};
  const fault = text => { if (!seen[text]) { seen[text] = true; faults.push(text); } };
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const excerpt = element => JSON.stringify((element.textContent || '').trim().slice(0, 40));

  if (!document.documentElement.lang) fault('the page names no language');
  if (!document.title.trim()) fault('the page has no title');
  if (all('h1').length !== 1) fault(`there are ${all('h1').length} first headings, not one`);
  let level = 0;
  for (const heading of all('h1,h2,h3,h4,h5,h6')) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) fault(`heading ${excerpt(heading)} skips from level ${level} to ${next}`);
    if (!heading.textContent.trim()) fault('a heading is empty');
    level = next;
  }
  for (const table of all('table')) {
    if (!table.caption || !table.caption.textContent.trim()) fault('a table has no caption');
    const columns = all('thead th', table).length;
    for (const cell of all('th', table)) if (!cell.scope) fault(`${excerpt(cell)} has no scope`);
    for (const row of all('tbody tr', table)) {
      if (row.cells.length !== columns) fault(`a row of ${excerpt(table.caption)} has ` +
        `${row.cells.length} cells under ${columns} titles`);
    }
  }
  for (const drawing of all('svg')) {
    if (!drawing.querySelector('title')) fault('a drawing has no title');
    if (drawing.getAttribute('aria-hidden') === 'true') continue;
    if (drawing.getAttribute('role') !== 'img') fault('a drawing is not marked as an image');
    for (const id of (drawing.getAttribute('aria-labelledby') || '-').split(' ')) {
      if (!document.getElementById(id)) fault(`a drawing is named by ${id}, which is not there`);
    }
    const frame = drawing.getBoundingClientRect();
    for (const text of frame.width ? all('text', drawing) : []) {
      const box = text.getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 ||
          box.bottom > frame.bottom + 1) fault(`${excerpt(text)} leaves its drawing`);
    }
    const boxes = all('text', drawing).map(t => [t, t.getBoundingClientRect()]);
    boxes.forEach(([one, a], index) => boxes.slice(index + 1).forEach(([two, b]) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 3) fault(`${excerpt(one)} and ${excerpt(two)} overlap in a drawing`);
    }));
  }
  const ids = {};
  for (const element of all('[id]')) {
    if (ids[element.id]) fault(`two elements are named ${element.id}`);
    ids[element.id] = true;
  }
  for (const link of all('a')) {
    const target = link.getAttribute('href') || '';
    if (!target.startsWith('#')) fault(`a link leaves the page: ${target}`);
    else if (!ids[target.slice(1)]) fault(`a link leads nowhere: ${target}`);
  }
  for (const field of all('input,select')) {
    if (!field.labels.length) fault(`the field ${field.id} has no label`);
  }
  for (const element of all('*')) {
    for (const attribute of element.attributes) {
      if (/^on/.test(attribute.name)) fault(`an element has ${attribute.name}`);
      if (['src', 'srcset', 'action', 'data', 'poster', 'background'].includes(attribute.name)) {
        fault(`an element has ${attribute.name}`);
      }
    }
  }
  if (all('script').length > 1) fault('there is more than one script');
  if (!all('meta[http-equiv="Content-Security-Policy"]').length) fault('the page has no policy');

  const parsed = {};
  const colour = text => {
    if (parsed[text]) return parsed[text];
    const parts = (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
    return parsed[text] = [parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : 1];
  };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3]));
  const luminance = c => c.slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const fill = colour(getComputedStyle(at).backgroundColor);
      if (fill[3] > 0) layers.push(fill);
      if (fill[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const behind = text => {
    let result = ground(text.ownerSVGElement.parentElement);
    const box = text.getBoundingClientRect();
    const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    for (const shape of all('rect,circle', text.ownerSVGElement)) {
      if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      const area = shape.getBoundingClientRect();
      if (x < area.left || x > area.right || y < area.top || y > area.bottom) continue;
      const style = getComputedStyle(shape), fill = colour(style.fill).slice();
      fill[3] *= Number(style.fillOpacity);
      result = over(fill, result);
    }
    return result;
  };
  let texts = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || ['SCRIPT', 'STYLE', 'title', 'desc', 'OPTION']
      .includes(element.tagName)) continue;
    if (!element.checkVisibility() || element.closest('.vh,.skip')) continue;
    const style = getComputedStyle(element);
    const isDrawn = element instanceof SVGElement;
    const below = isDrawn ? behind(element) : ground(element);
    const ink = over(colour(isDrawn ? style.fill : style.color), below);
    const [high, low] = [luminance(ink), luminance(below)].sort((a, b) => b - a);
    const contrast = (high + 0.05) / (low + 0.05);
    texts += 1;
    if (contrast < LEAST) fault(`contrast ${contrast.toFixed(2)} of ${excerpt(element)}`);
  }
  const width = document.documentElement.scrollWidth;
  if (width > window.innerWidth) fault(`the page is ${width} px wide on ${window.innerWidth} px`);
  return {faults, texts, tables: all('table').length, drawings: all('svg').length,
    questions: all('details.q').length};
})()
"""

FILTER = r"""
(() => {
  const form = document.getElementById('filter');
  if (!form) return [];
  const faults = [], items = Array.from(document.querySelectorAll('details.q'));
  const shown = () => items.filter(item => !item.hidden).length;
  if (form.hidden) faults.push('the filter is not shown');
  const show = document.getElementById('filter-show');
  const wanted = items.filter(i => /1/.test(i.dataset.r) && /[^1]/.test(i.dataset.r)).length;
  show.value = 'differ'; show.dispatchEvent(new Event('change'));
  if (shown() !== wanted) faults.push(`the filter shows ${shown()} questions, not ${wanted}`);
  show.value = ''; show.dispatchEvent(new Event('change'));
  if (shown() !== items.length) faults.push('the filter does not show all again');
  return faults;
})()
"""


class Browser:
    """Chromium, spoken to over a pipe."""

    def __init__(self, program, profile):
        to_child, ours_out = os.pipe()
        ours_in, from_child = os.pipe()

        def wire():
            # Both ends are moved out of the way first: one of them may be 3 or 4 itself.
            reading, writing = os.dup(to_child), os.dup(from_child)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.process = subprocess.Popen(
            [
                program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--disable-dev-shm-usage", "--remote-debugging-pipe", f"--user-data-dir={profile}",
                "about:blank",
            ],
            preexec_fn=wire,
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_child)
        os.close(from_child)
        self.out, self.into = ours_out, ours_in
        self.buffer, self.number, self.events = b"", 0, []
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=page, flatten=True)
        self.session = attached["sessionId"]

    session = None

    def call(self, method, **parameters):
        """Call a method of the protocol; return its result."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.out, data):]
        while True:
            message = self.read()
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            self.events.append(message)

    def wait(self, method):
        """Wait for an event."""
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.read())

    def read(self):
        while b"\0" not in self.buffer:
            data = os.read(self.into, 1 << 20)
            if not data:
                raise RuntimeError("Chromium ended")
            self.buffer += data
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def value(self, expression):
        """Evaluate an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:600])
        return answer["result"].get("value")

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
        except (OSError, RuntimeError):
            self.process.kill()
        self.process.wait()


def load(browser, address, width, scheme, media=""):
    """Load the page in one way; the events of loading it are kept."""
    browser.events.clear()
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        width=width, height=900, deviceScaleFactor=1, mobile=False,
    )
    browser.call(
        "Emulation.setEmulatedMedia",
        media=media, features=[{"name": "prefers-color-scheme", "value": scheme}],
    )
    browser.call("Page.navigate", url=address)
    browser.wait("Page.loadEventFired")


def complaints(browser, address):
    """What the page asked for or wrote that it should not have."""
    found = []
    for event in browser.events:
        method, given = event.get("method"), event.get("params", {})
        if method == "Network.requestWillBeSent" and given["request"]["url"] != address:
            found.append(f"a request leaves the file: {given['request']['url'][:200]}")
        elif method == "Runtime.exceptionThrown":
            found.append(f"exception: {json.dumps(given['exceptionDetails'])[:300]}")
        elif method == "Runtime.consoleAPICalled":
            found.append(f"console: {json.dumps(given['args'])[:300]}")
        elif method == "Log.entryAdded":
            found.append(f"console: {given['entry']['text'][:300]}")
    return found


def picture(browser, path):
    """Keep a picture of the whole page."""
    height = browser.value("document.documentElement.scrollHeight")
    width = browser.value("window.innerWidth")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST), "scale": 1}
    shot = browser.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
    path.write_bytes(base64.b64decode(shot["data"]))


def check(browser, address, pictures):
    faults = []
    for domain in ("Page", "Network", "Runtime", "Log"):
        browser.call(f"{domain}.enable")
    for name, way in WAYS.items():
        load(browser, address, **way)
        if pictures:
            picture(browser, pictures / f"{name}.png")
        found = browser.value(f"{CHECKS.replace('LEAST', str(LEAST_CONTRAST))}")
        browser.value(
            "document.querySelectorAll('details:not(.q)').forEach(d => { d.open = true; });"
            f"Array.from(document.querySelectorAll('details.q')).slice(0, {OPENED})"
            ".forEach(d => { d.open = true; });"
        )
        opened = browser.value(f"{CHECKS.replace('LEAST', str(LEAST_CONTRAST))}")
        if pictures:
            picture(browser, pictures / f"{name}-open.png")
        trouble = found["faults"] + [f for f in opened["faults"] if f not in found["faults"]]
        if way.get("media") == "print":
            if browser.value("getComputedStyle(document.querySelector('nav')).display") != "none":
                trouble.append("the list of contents is printed")
        else:
            trouble += browser.value(FILTER)
        trouble += complaints(browser, address)
        faults += [f"{name}: {fault}" for fault in trouble]
        print(
            f"{name:12} {opened['texts']:6} texts {opened['tables']:3} tables "
            f"{opened['drawings']:3} drawings {opened['questions']:5} questions "
            f"{len(trouble):3} faults"
        )
    if pictures:
        data = browser.call("Page.printToPDF", printBackground=True)["data"]
        (pictures / "paper.pdf").write_bytes(base64.b64decode(data))
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    load(browser, address, **WAYS["light"])
    shown = browser.value(
        "Array.from(document.querySelectorAll('form')).filter(f => f.checkVisibility()).length"
    )
    if shown:
        faults.append("without scripts: a filter is shown that cannot work")
    return faults + [f"without scripts: {fault}" for fault in complaints(browser, address)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page", type=Path)
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each way")
    parser.add_argument("--chromium", default="", help="the program; looked for where not given")
    given = parser.parse_args()
    names = [given.chromium] if given.chromium else ["chromium", "chromium-browser", "google-chrome"]
    program = next((found for found in map(shutil.which, names) if found), None)
    if not program:
        print("Chromium was not found: install it, or name it with --chromium.", file=sys.stderr)
        return 2
    if given.pictures:
        given.pictures.mkdir(parents=True, exist_ok=True)
    faults = []
    size = given.page.stat().st_size
    if size > 6_000_000:
        faults.append(f"the page has {size} bytes, more than six million")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            faults += check(browser, given.page.resolve().as_uri(), given.pictures)
        finally:
            browser.close()
    for fault in faults:
        print(f"fault: {fault}")
    print(f"{given.page}: {size} bytes, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
