/// The page's script: it shows the filter of the questions and works it. Without it nothing is lost.
enum ComparisonScript {
  /// Of the script with the line breaks around it: the page's policy allows this script and no other, so
  /// that nothing from data could run even if it were not escaped. To be made anew with each change.
  static let digest = "sha256-xHHEldC8eIo41PIqPXePRh+3z9cZoI2VSrUybycGknA="

  /// It holds neither `<` nor `&`, so that the page is well-formed XML with it.
  static let text = """
    (function () {
      'use strict';
      var form = document.getElementById('filter');
      if (!form) { return; }
      var items = Array.prototype.slice.call(document.querySelectorAll('details.q'));
      var texts = [];
      var text = document.getElementById('filter-text');
      var kind = document.getElementById('filter-kind');
      var show = document.getElementById('filter-show');
      var open = document.getElementById('filter-open');
      var count = document.getElementById('filter-count');
      var timer = 0;

      function matches(results, wanted) {
        if (wanted === '') { return true; }
        var right = results.indexOf('1') !== -1;
        var other = /[^1]/.test(results);
        if (wanted === 'differ') { return right ? other : false; }
        if (wanted === 'none') { return !right; }
        if (wanted === 'every') { return !other; }
        var part = wanted.split('-');
        return (results.charAt(Number(part[1])) === '1') === (part[0] === 'right');
      }

      function apply() {
        var words = text.value.toLowerCase().trim();
        if (words ? texts.length === 0 : false) {
          texts = items.map(function (item) { return item.textContent.toLowerCase(); });
        }
        var shown = 0;
        items.forEach(function (item, index) {
          var fits = matches(item.dataset.r, show.value);
          if (kind.value ? item.dataset.k !== kind.value : false) { fits = false; }
          if (words ? texts[index].indexOf(words) === -1 : false) { fits = false; }
          item.hidden = !fits;
          shown += fits ? 1 : 0;
        });
        count.textContent = shown + ' of ' + items.length + ' shown';
      }

      function later() {
        clearTimeout(timer);
        timer = setTimeout(apply, 150);
      }

      form.addEventListener('submit', function (event) { event.preventDefault(); apply(); });
      text.addEventListener('input', later);
      kind.addEventListener('change', apply);
      show.addEventListener('change', apply);
      open.addEventListener('click', function () {
        var shown = items.filter(function (item) { return !item.hidden; });
        var opens = shown.some(function (item) { return !item.open; });
        shown.forEach(function (item) { item.open = opens; });
        open.textContent = opens ? 'Close all shown' : 'Open all shown';
      });
      form.hidden = false;
      apply();
    })();
    """
}
