"""The conversations and small templates that make-chat-template-fixture.py renders."""

WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Says what the weather is – now & \"here\".",
        "parameters": {
            "type": "object",
            "properties": {
                "city": {"type": "string", "description": "The town, e.g. <Zürich>"},
                "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
                "days": {"type": "integer", "default": 1},
            },
            "required": ["city"],
        },
    },
}
SEARCH = {
    "type": "function",
    "function": {
        "name": "search",
        "description": "Searches\nthe archive.",
        "parameters": {
            "type": "object",
            "properties": {
                "query": {
                    "oneOf": [
                        {"type": "string", "default": "all"},
                        {"type": "array", "items": {"type": "string"}},
                    ],
                    "description": "What to look for",
                },
                "filters": {
                    "type": "object",
                    "properties": {
                        "after": {"type": "string", "nullable": True},
                        "tags": {"type": "array", "items": {"type": "string"}},
                        "limits": {"type": "array", "items": {"type": "number"}},
                    },
                    "required": ["tags"],
                },
                "exact": {"type": "boolean", "default": False},
                "weight": {"type": "number", "default": 0.5},
                "mode": {"type": "string", "enum": ["fast", "full"], "default": "fast"},
                "kind": {"type": ["string", "null"]},
            },
            "required": ["query", "filters"],
        },
    },
}
NO_PARAMETERS = {
    "type": "function",
    "function": {"name": "now", "description": "The time.", "parameters": {"type": "object", "properties": {}}},
}


def say(role, content, **more):
    return {"role": role, "content": content, **more}


def call(name, arguments, id="abc123def"):
    return {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}


CONVERSATIONS = [
    {"name": "one question", "messages": [say("user", "What is a kernel?")]},
    {
        "name": "system and turns",
        "messages": [
            say("system", "You answer briefly."),
            say("user", "Hello"),
            say("assistant", "Good day."),
            say("user", "And now?"),
        ],
    },
    {
        "name": "no generation prompt",
        "add_generation_prompt": False,
        "messages": [
            say("system", "You answer briefly."),
            say("user", "Hello"),
            say("assistant", "Good day."),
        ],
    },
    {
        "name": "tools",
        "tools": [WEATHER, SEARCH, NO_PARAMETERS],
        "messages": [say("system", "Use the tools."), say("user", "Will it rain?")],
    },
    {
        "name": "tools without a system message",
        "tools": [WEATHER],
        "messages": [say("user", "Will it rain?")],
    },
    {
        "name": "a tool call and its result",
        "tools": [WEATHER],
        "messages": [
            say("user", "Will it rain in Zürich?"),
            {
                "role": "assistant",
                "content": "",
                "tool_calls": [call("get_weather", {"city": "Zürich", "days": 2, "exact": True})],
            },
            say("tool", '{"rain": 0.5}', tool_call_id="abc123def", name="get_weather"),
        ],
    },
    {
        "name": "a tool call, its result and the answer",
        "tools": [WEATHER],
        "add_generation_prompt": False,
        "messages": [
            say("system", "Use the tools."),
            say("user", "Will it rain?"),
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [call("get_weather", '{"city": "Bern"}')],
            },
            say("tool", "dry", tool_call_id="abc123def", name="get_weather"),
            say("assistant", "It stays dry."),
            say("user", "Thanks"),
            say("assistant", "You are welcome."),
        ],
    },
    {
        "name": "calls at once",
        "tools": [WEATHER, NO_PARAMETERS],
        "messages": [
            say("user", "Both, please."),
            {
                "role": "assistant",
                "content": "I look.",
                "tool_plan": "Look twice.",
                "tool_calls": [
                    call("get_weather", {"city": "Bern", "list": [1, 2.5, None], "at": 1e-7}, "aaaaaaaa1"),
                    call("now", {}, "aaaaaaaa2"),
                ],
            },
            say("tool", "dry", tool_call_id="aaaaaaaa1", name="get_weather"),
            say("tool", "12:00", tool_call_id="aaaaaaaa2", name="now"),
            say("assistant", "Dry at noon."),
            say("user", "Good."),
        ],
    },
    {"name": "empty texts", "messages": [say("system", ""), say("user", ""), say("assistant", "")]},
    {"name": "no messages", "messages": []},
    {"name": "only a system message", "messages": [say("system", "Alone.")]},
    {
        "name": "unusual roles",
        "messages": [
            say("developer", "Be kind."),
            say("user", "Hm?"),
            say("critic", "Weak."),
            say("ipython", "4"),
            say("Assistant", "Well."),
            say("user", "So?"),
        ],
    },
    {
        "name": "lines, blanks and Unicode",
        "messages": [
            say("system", "  two\n\nlines \t\n"),
            say("user", "\n  Größe: 3 µm — „так“ 日本語 👩‍👩‍👧 e\u0301 \u00a0\u2028 {{ x }} {% y %} <|im_end|>\r\n"),
            say("assistant", "\u3000‘a’ \"b\" \\n <b>&amp;</b>\x0b "),
            say("user", "'" * 3 + "\u0000\u007f\u200b"),
        ],
    },
    {
        "name": "the same role twice",
        "messages": [
            say("user", "One."),
            say("user", "Two."),
            say("assistant", "Three."),
            say("assistant", "Four."),
            say("user", "Five."),
        ],
    },
    {
        "name": "the assistant begins",
        "messages": [say("assistant", "How can I help?"), say("user", "Not at all.")],
    },
    {
        "name": "reasoning",
        "messages": [
            say("user", "2+2?"),
            say("assistant", "<think>\nEasy.\n</think>\n\n4", reasoning_content="Easy."),
            say("user", "3+3?"),
            say("assistant", "6", reasoning="Count\non fingers."),
            say("user", "4+4?"),
            say("assistant", "<think>more</think>8</think>eight"),
        ],
        "variables": {"enable_thinking": False},
    },
    {
        "name": "parts",
        "messages": [
            say("system", [{"type": "text", "text": "Look closely."}]),
            say(
                "user",
                [
                    {"type": "image", "url": "a.png"},
                    {"type": "text", "text": " What is this? "},
                ],
            ),
        ],
    },
    {
        "name": "documents",
        "documents": [
            {"title": "A", "text": "First.", "id": 1},
            {"title": "B", "text": "Zweitens: „ja“."},
        ],
        "messages": [say("system", "Cite."), say("user", "What do they say?")],
        "variables": {"enable_citations": True, "safety_mode": "strict"},
    },
    {
        "name": "switches",
        "tools": [SEARCH],
        "messages": [say("system", "S."), say("user", "U."), say("user", "V.")],
        "variables": {
            "builtin_tools": ["browser", "python", "code_interpreter"],
            "date_string": "1 Jan 2030",
            "tools_in_user_message": False,
            "reasoning_effort": "high",
            "model_identity": "You are a test.",
            "keep_past_thinking": True,
            "custom_tools": None,
        },
    },
    {"name": "fields missing", "messages": [{"role": "user"}, {"content": "Who?"}]},
    {
        "name": "a system message in the middle",
        "messages": [say("user", "A"), say("system", "B"), say("user", "C")],
    },
]

VARIABLES = {
    "text": "Hello, World",
    "empty": "",
    "number": 7,
    "negative": -7,
    "fraction": 2.5,
    "yes": True,
    "no": False,
    "nothing": None,
    "words": ["b", "A", "c", "a"],
    "numbers": [3, 1, 2],
    "mixed": [1, "a", None, True, 2.0, [1], {"k": "v"}],
    "person": {"name": "Ann", "age": 30, "items": "own", "nested": {"deep": [1, 2, {"x": "y"}]}},
    "people": [
        {"name": "Ann", "age": 30, "tags": ["a"]},
        {"name": "bob", "age": 25},
        {"name": "Cy", "age": 30, "tags": []},
    ],
    "unicode": "Größe 日本語 👩‍👧 e\u0301 ΟΔΟΣ ǆ ß",
    "odd": "tab\t nl\n cr\r nul\u0000 bs\\ q' dq\" z\u200b nb\u00a0 \U0001f600 \u2028",
    "sentence": "  the quick  brown\tfox\n jumps ",
    "html": "<a href='x'>&</a>",
}

SNIPPETS = r"""
{{ text }}|{{ number }}|{{ fraction }}|{{ yes }}|{{ nothing }}|{{ missing }}
{{ mixed }}
{{ person }}
{{ (1,) }}{{ () }}{{ (1, 'a') }}{{ [] }}{{ {} }}{{ {1: 'a', 'b': none, 2.0: true} }}
{{ [odd] }}
{{ [unicode] }}
{{ ["it's", 'say "x"', "both ' and \""] }}
{{ 1e16 }} {{ 1e15 }} {{ 123456789.125 }} {{ 1e-4 }} {{ 1e-5 }} {{ 0.1 + 0.2 }} {{ 1e300 * 1e10 }} {{ 5e-324 }} {{ 1.5e10 }} {{ -0.0 }}
{{ 0x1F }} {{ 0b101 }} {{ 0o17 }} {{ 1_000 }} {{ 1.0e3 }} {{ 00 }}
{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 % -3 }} {{ 7 / 2 }} {{ 2 ** 10 }} {{ 2 ** -1 }} {{ 7.5 // 2 }} {{ -7.5 % 2 }}
{{ 2 ** 3 ** 2 }} {{ -2 ** 2 }} {{ 1 + 2 * 3 - 4 / 2 }}
{{ true + 1 }} {{ -true }} {{ +false }} {{ true == 1 }} {{ 1 == 1.0 }} {{ '1' == 1 }}
{{ 'ab' * 3 }} {{ 3 * 'ab' }} {{ [1] * 2 }} {{ 'a' * -1 }}
{{ [1] + [2] }} {{ (1,) + (2,) }} {{ 'a' 'b' }}
{{ 'a' + 1 }}
{{ [1] + (2,) }}
{{ none + 1 }}
{{ missing + 'a' }}
{{ missing.field }}
{{ person.missing }}|{{ person.missing is defined }}|{{ person['missing'] is undefined }}
{{ person.missing.more }}
{{ nothing.field }}|{{ nothing['x'] }}
{{ nothing.field.more }}
{{ 1 / 0 }}
{{ 1 // 0 }}
{{ 1 ~ 2 ~ none ~ missing ~ [1] ~ 2.0 }}
{{ 1 ~ 2 + 3 }} {{ 1 + 2 ~ 3 }} {{ 'a' ~ 2 * 3 }}
{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 'a' < 'b' }} {{ [1, 2] < [1, 3] }} {{ 1 < 2.5 }} {{ 3 >= 3 }}
{{ 1 < 'a' }}
{{ missing < 1 }}
{{ none < 1 }}
{{ missing == missing2 }} {{ missing == none }} {{ missing != 1 }}
{{ 1 in [1, 2] }} {{ 'a' in 'cat' }} {{ 'x' not in 'cat' }} {{ 'name' in person }} {{ '' in 'a' }} {{ 'a' in missing }} {{ true in [1] }}
{{ 1 in 'abc' }}
{{ 1 in 5 }}
{{ [1] in person }}
{{ not yes }} {{ not not yes }} {{ yes and no }} {{ yes or no }} {{ '' or 'x' }} {{ 'a' and 'b' }} {{ none or 0 or [] }} {{ not missing }}
{{ 'a' if yes else 'b' }} {{ 'a' if no else 'b' }}|{{ 'a' if no }}|{{ 'a' if no else 'b' if no else 'c' }}
{{ ('a' if no).x }}
{{ text[0] }} {{ text[-1] }} {{ text[99] }}|{{ text[1:4] }} {{ text[::-1] }} {{ text[-3:] }} {{ text[:-3] }} {{ text[::3] }} {{ text[5:2] }}
{{ numbers[0] }} {{ numbers[-1] }} {{ numbers[9] }}|{{ numbers[1:] }} {{ numbers[::-1] }} {{ numbers[-2:] }} {{ numbers[:100] }} {{ numbers[-100:1] }} {{ numbers[10::-2] }}
{{ unicode[0:3] }} {{ unicode[6:9] }} {{ unicode|length }} {{ unicode[::-1] }}
{{ numbers['a'] }}|{{ text['a'] }}|{{ number[0] }}
{{ numbers[::0] }}
{{ numbers['a':] }}
{{ numbers.0 }} {{ person.nested.deep.2.x }} {{ person['nested']['deep'][1] }}
{{ person.items is callable }} {{ person.nested.items() }}
{{ person.items() }}
{{ person['items'] }} {{ person.name }} {{ person.get('age') }} {{ person.get('x') }} {{ person.get('x', 5) }}
{{ person.keys() }} {{ person.values()|list|length }} {{ person.keys()|list }} {{ person.items()|list|first }}
{{ person.keys()[0] }}|{{ person.items()|length }}|{{ 'name' in person.keys() }}
{% for k, v in person.items() %}{{ k }}={{ v }};{% endfor %}
{% for k in person %}{{ k }},{% endfor %}
{% for a, b in [[1, 2], (3, 4), 'xy'] %}{{ a }}-{{ b }} {% endfor %}
{% for a, b in [[1, 2, 3]] %}{{ a }}{% endfor %}
{% for x in 5 %}{{ x }}{% endfor %}
{% for x in none %}{{ x }}{% endfor %}
{% for x in missing %}{{ x }}{% else %}nobody{% endfor %}
{% for x in [] %}{{ x }}{% else %}empty{% endfor %}
{% for c in 'aé日' %}[{{ c }}]{% endfor %}
{% for x in numbers %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }} {% endfor %}
{% for x in numbers %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }} {{ loop.previtem is defined }} {% endfor %}
{% for x in numbers %}{{ loop.cycle('odd', 'even') }} {{ loop.changed(x > 1) }} {% endfor %}
{% for x in numbers if x > 1 %}{{ x }}{{ loop.length }}{{ loop.last }} {% endfor %}
{% for x in numbers if x > 9 %}{{ x }}{% else %}none{% endfor %}
{% for x in numbers %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% endfor %}
{% for x in numbers %}{% if x == 1 %}{% break %}{% endif %}{{ x }}{% endfor %}
{% for x in numbers %}{% for y in words %}{{ loop.index }}{% endfor %}{{ loop.index }};{% endfor %}
{% for x in [1, [2, [3]]] recursive %}{% if x is iterable %}({{ loop(x) }}){% else %}{{ x }}@{{ loop.depth }}{% endif %}{% endfor %}
{% for x in numbers %}{% if x %}{% continue %}{% endif %}{% else %}all cut{% endfor %}
{% for x in numbers %}{{ x }}{% break %}{% else %}all cut{% endfor %}
{% for x in numbers %}{% if x == 1 %}{% break %}{% endif %}{{ x }}{% else %}not cut{% endfor %}
{% for x in numbers %}{{ loop }}{% endfor %}
{{ missing in person }} {{ namespace() in person }}
{% filter length %}abc{% endfilter %}
{% set x | length %}abc{% endset %}{{ x + 1 }}
{% set x = 5 | map('upper') %}{% set y = numbers | map('length') %}{{ y is iterable }}
{{ (mixed | map('upper') | first) }} {{ mixed[1:] | map('length') | first }}
{{ 5 | map('upper') | list }}
{{ '5' % [1] }} {{ '5' % missing }} {{ 3 is odd(1) }}
{% break %}
{{ loop }}
{{ loop.index }}
{% for x in numbers %}{% set loop = 1 %}{% endfor %}
{% set x = 1 %}{% for i in numbers %}{% set x = x + 1 %}{{ x }}{% endfor %}{{ x }}
{% set x = 1 %}{% if yes %}{% set x = 2 %}{% endif %}{{ x }}
{% for i in numbers %}{% if i == 1 %}{% set found = true %}{% endif %}{{ found }}|{% endfor %}{{ found is defined }}
{% set ns = namespace(x=0) %}{% for i in numbers %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }} {{ ns }} {{ ns.y }}
{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a + ns.b }}{{ ns['a'] }}
{% set ns = namespace() %}{% set ns._x = 1 %}
{% set ns = namespace(_x=1) %}
{% set person.name = 'x' %}
{% set undefinedthing.name = 'x' %}
{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set (c, d) = [3, 4] %}{{ c }}{{ d }}
{% set a = 1, 2 %}{{ a }}
{% set a, b = [1] %}
{% set x %}in {{ number }} side{% endset %}[{{ x }}]
{% set x | upper | trim %} up {{ text }} {% endset %}[{{ x }}]
{% set true = 1 %}
{% with a = 1, b = 2 %}{{ a }}{{ b }}{% set a = 5 %}{{ a }}{% endwith %}{{ a }}
{% with %}{% set z = 3 %}{{ z }}{% endwith %}{{ z }}
{% filter upper %}shout {{ text }}{% endfilter %}
{% filter trim | lower %}  SHOUT {% endfilter %}|
{% macro greet(name, greeting='Hi', end) %}{{ greeting }}{% endmacro %}
{% macro greet(name, greeting='Hi') %}{{ greeting }} {{ name }}!{% endmacro %}{{ greet('Ann') }} {{ greet('Bob', 'Yo') }} {{ greet(greeting='Hey', name='Cy') }} {{ greet() }}
{% macro greet(name) %}{{ name }}{% endmacro %}{{ greet(1, 2) }}
{% macro greet(name) %}{{ name }}{% endmacro %}{{ greet(nom=1) }}
{% macro greet(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ greet(1) }}{{ greet(1, 2) }}
{% macro rest(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ rest(1, 2, 3, x=4) }}
{% macro down(n) %}{{ n }}{% if n > 0 %}{{ down(n - 1) }}{% endif %}{% endmacro %}{{ down(5) }}
{% macro see() %}{{ later }}{{ number }}{% endmacro %}{% set later = 'L' %}{{ see() }}
{% macro own() %}{% if number is not defined %}{% set number = 1 %}{% endif %}{% set here = 2 %}{{ number }}{{ here }}{% endmacro %}{{ own() }}{{ here }}
{% macro box() %}<{{ caller() }}>{% endmacro %}{% call box() %}in {{ text }}{% endcall %}
{% macro each(items) %}{% for i in items %}{{ caller(i) }}{% endfor %}{% endmacro %}{% call(x) each(numbers) %}[{{ x }}]{% endcall %}
{% macro a() %}x{% endmacro %}{{ a() | upper }}{{ a()|length }}{{ a() is string }}{{ a is callable }}
{{ number() }}
{{ missing() }}
{{ text.upper is callable }}
{{ text is defined }} {{ missing is defined }} {{ missing is undefined }} {{ none is none }} {{ nothing is not none }} {{ missing is none }}
{{ 1 is number }} {{ true is number }} {{ 1.0 is number }} {{ '1' is number }} {{ 1 is integer }} {{ true is integer }} {{ 1.0 is float }} {{ yes is boolean }} {{ 1 is boolean }}
{{ 'a' is string }} {{ [] is string }} {{ {} is mapping }} {{ [] is mapping }} {{ [] is sequence }} {{ {} is sequence }} {{ 'a' is sequence }} {{ 1 is sequence }} {{ 'a' is iterable }} {{ 1 is iterable }} {{ none is iterable }} {{ missing is iterable }} {{ (1,) is sequence }} {{ range(3) is iterable }}
{{ 3 is odd }} {{ 3 is even }} {{ 6 is divisibleby 3 }} {{ 6 is divisibleby(4) }} {{ -3 is odd }}
{{ 1 is eq 1 }} {{ 1 is equalto 2 }} {{ 1 is ne 2 }} {{ 2 is gt 1 }} {{ 2 is lessthan 1 }} {{ 1 is in [1] }} {{ 1 is not in [1] }} {{ none is sameas none }} {{ yes is sameas true }} {{ 1 is sameas true }}
{{ 'a' is lower }} {{ 'A' is upper }} {{ 'Aa' is upper }} {{ '1' is lower }} {{ yes is true }} {{ no is false }} {{ 1 is true }} {{ 0 is false }}
{{ 'upper' is filter }} {{ 'nope' is filter }} {{ 'odd' is test }} {{ range is callable }} {{ 1 is callable }}
{{ 1 is nope }}
{{ 1 | nope }}
{% if no %}{{ 1 | nope }}{% endif %}fine
{% if yes %}{{ 1 | nope }}{% endif %}
{{ 'a' is string and 'b' is string }} {{ not 'a' is string }} {{ 1 if 'a' is string else 2 }}
{{ text | upper }} {{ text | lower }} {{ 'hello wORLD' | capitalize }} {{ "it's a-b (c d) [e" | title }} {{ unicode | lower }} {{ unicode | upper }} {{ unicode | title }}
{{ sentence | trim }}|{{ 'xxaxx' | trim('x') }}|{{ missing | trim }}|{{ 5 | trim }}|{{ none | trim }}
{{ text | length }} {{ numbers | count }} {{ person | length }} {{ missing | length }}
{{ none | length }}
{{ 5 | length }}
{{ missing | default('d') }} {{ '' | default('d') }} {{ '' | default('d', true) }} {{ none | default('d') }} {{ missing | d }} {{ none | d('x', boolean=true) }}
{{ numbers | first }} {{ numbers | last }} {{ [] | first }} {{ 'abc' | first }} {{ 'abc' | last }} {{ person | first }} {{ missing | first }}|{{ missing | last }}
{{ none | first }}
{{ numbers | join }} {{ numbers | join(', ') }} {{ people | join('/', attribute='name') }} {{ 'abc' | join('-') }} {{ missing | join('x') }}|{{ mixed | join('|') }}
{{ none | join }}
{{ numbers | list }} {{ 'abc' | list }} {{ person | list }} {{ range(3) | list }}
{{ none | list }}
{{ numbers | reverse | list }} {{ 'abc' | reverse }} {{ person | reverse | list }} {{ (1, 2) | reverse | first }}
{{ numbers | select | reverse is sequence }} {{ numbers | reverse is sequence }}
{{ 5 | reverse }}
{{ words | sort }} {{ words | sort(case_sensitive=true) }} {{ numbers | sort(reverse=true) }} {{ people | sort(attribute='age,name') | map(attribute='name') | list }} {{ people | sort(attribute='age', reverse=true) | map(attribute='name') | list }}
{{ mixed | sort }}
{{ words | unique | list }} {{ [1, 1.0, true, 2] | unique | list }} {{ people | unique(attribute='age') | map(attribute='name') | join(',') }}
{{ numbers | min }} {{ numbers | max }} {{ words | min }} {{ words | max }} {{ [] | min }} {{ people | max(attribute='age') }} {{ numbers | sum }} {{ people | sum(attribute='age') }} {{ [] | sum }} {{ [0.1, 0.2] | sum(start=1) }}
{{ person | dictsort }} {{ {'b': 1, 'A': 2, 'c': 0} | dictsort }} {{ {'b': 1, 'A': 2} | dictsort(true) }} {{ {'b': 1, 'A': 2} | dictsort(by='value', reverse=true) }}
{{ people | map(attribute='name') | list }} {{ people | map(attribute='tags', default='none') | list }} {{ words | map('upper') | join }} {{ people | map(attribute='tags.0') | list }} {{ numbers | map('string') | list }}
{{ words | map('replace', 'a', 'x') | list }}
{{ words | map('nope') | list }}
{{ words | map | list }}
{{ numbers | select('odd') | list }} {{ numbers | reject('odd') | list }} {{ mixed | select | list | length }} {{ numbers | select('gt', 1) | list }} {{ words | reject('in', ['a', 'b']) | list }}
{{ people | selectattr('tags') | map(attribute='name') | list }} {{ people | selectattr('age', 'equalto', 30) | list | length }} {{ people | rejectattr('tags', 'defined') | map(attribute='name') | first }} {{ people | selectattr('name', 'in', ['Ann']) | list | length }}
{{ people | selectattr | list }}
{{ none | select | list }} {{ none | map('upper') | list }} {{ missing | selectattr('x') | list }}
{{ (numbers | map('string')) | length }}
{{ (numbers | map('string'))[0] }}|{% set g = numbers | map('string') %}{{ g | list }}{{ g | list }}{% if g %}true{% endif %}
{{ text | replace('l', 'L') }} {{ text | replace('l', 'L', 1) }} {{ 'aaa' | replace('', '-') }} {{ 'aaa' | replace('aa', 'b') }} {{ 121 | replace(1, 'x') }} {{ missing | replace('a', 'b') }}
{{ '5' | int }} {{ '5.9' | int }} {{ 'x' | int }} {{ 'x' | int(3) }} {{ 5.9 | int }} {{ -5.9 | int }} {{ none | int }} {{ ' 7 ' | int }} {{ '0x1f' | int(base=16) }} {{ true | int }} {{ '1_000' | int }} {{ [] | int(default=2) }}
{{ missing | int }}
{{ '5' | float }} {{ 'x' | float }} {{ 5 | float }} {{ '1e3' | float }} {{ 'inf' | float }} {{ '-nan' | float }} {{ none | float(1.5) }} {{ '.5' | float }} {{ '5.' | float }} {{ '0x10' | float }}
{{ 2.5 | round }} {{ 3.5 | round }} {{ 2.567 | round(2) }} {{ 2.5 | round(0, 'ceil') }} {{ 2.567 | round(1, 'floor') }} {{ 5 | round }} {{ 2.675 | round(2) }} {{ 1234 | round(1) }} {{ 1234.5 | round(-2) }} {{ -0.4 | round }}
{{ -5 | abs }} {{ (-5) | abs }} {{ (-2.5) | abs }} {{ true | abs }}
{{ 'a' | abs }}
{{ 'a\nb\n\nc' | indent }}|{{ 'a\nb' | indent(2, true) }}|{{ 'a\n\nb' | indent(2, blank=true) }}|{{ 'a\nb' | indent('> ') }}|{{ '' | indent }}
{{ 5 | indent }}
{{ 'abc' | center(9) }}|{{ 'abcd' | center(9) }}|{{ 'ab' | center(5) }}|{{ 'the quick_brown fox-x' | wordcount }}
{{ '%s is %d and %.2f' | format('x', 5, 1.005) }} {{ '%5d|%-5d|%05d|%+d|%x|%X|%o' % (42, 42, 42, 42, 255, 255, 8) }} {{ '%s' % 'a' }} {{ '%r' % 'a' }} {{ '100%%' % () }} {{ '%5.1f|%e' % (2.25, 12345.678) }} {{ '%s %s' % ([1], none) }}
{{ '%d' % 'a' }}
{{ '%s %s' % 'a' }}
{{ '%s' % (1, 2) }}
{{ '{} {}'.format(1, 'a') }} {{ '{1}{0}'.format('a', 'b') }} {{ '{x}'.format(x=5) }} {{ '{{}}'.format() }}
{{ html | escape }} {{ html | e | length }} {{ html | safe }} {{ html | escape | escape }} {{ html | escape | forceescape }} {{ 'a' | safe is escaped }} {{ ('<' | safe) + '<' }} {{ '<' + ('<' | safe) }} {{ ('<' | safe) ~ '<' }}
{{ people | batch(2) | list }} {{ numbers | batch(2, 'x') | list }} {{ [1, 2, 3, 4, 5] | slice(2) | list }} {{ [1, 2, 3, 4, 5] | slice(3, 'x') | list }}
{{ person | attr('name') is defined }} {{ text | attr('nope') is defined }}
{{ person | items | list | length }} {{ missing | items | list }} {% for k, v in person | items %}{{ k }}{% endfor %}
{{ 5 | items | list }}
{{ text | string }} {{ 5 | string | length }} {{ [1] | string }} {{ missing | string }}
{{ person | tojson }} {{ mixed | tojson }} {{ unicode | tojson }} {{ odd | tojson }} {{ html | tojson }}
{{ unicode | tojson(ensure_ascii=true) }} {{ odd | tojson(true) }}
{{ person | tojson(indent=2) }}
{{ person | tojson(indent=0) }}
{{ {'a': [], 'b': {}, 'c': [[]]} | tojson(indent=4) }}
{{ mixed | tojson(indent='--', separators=(';', '=')) }}
{{ person | tojson(sort_keys=true, separators=(',', ':')) }}
{{ {1: 1, true: 2, none: 3, 2.5: 4} | tojson }} {{ (1, 2) | tojson }} {{ 1e16 | tojson }} {{ 'inf' | float | tojson }} {{ 1.0 | tojson }}
{{ {(1, 2): 3} | tojson }}
{{ missing | tojson }}
{{ range(3) | tojson }}
{{ range(5) }} {{ range(1, 5)|list }} {{ range(5, 0, -2)|list }} {{ range(0) | list }} {{ range(3)[1] }} {{ range(3)|length }} {{ 2 in range(3) }} {{ range(1, 9, 3) }}
{{ range(1000000) }}
{{ range(1, 2, 0) }}
{{ range('a') }}
{{ dict(a=1, b='x') }} {{ dict([('a', 1)]) }} {{ dict({'a': 1}, b=2) }}
{{ raise_exception('stop') }}
{{ raise_exception() }}
{{ strftime_now('%Y-%m-%d %H:%M:%S') }} {{ strftime_now('%d %b %Y') }} {{ strftime_now('%A, %B %-d, %Y') }} {{ strftime_now('%I:%M %p %j %y %U %W %V %G %u %w %e %k %l %f %% %D %F %T %R %c %x %X') }} {{ strftime_now('%^a %_d %-H %Z%z.') }}
{{ ' a b '.strip() }}|{{ ' a '.lstrip() }}|{{ ' a '.rstrip() }}|{{ 'xyaxy'.strip('xy') }}|{{ 'a\n'.rstrip('\n') }}|{{ '\u3000a\u200b'.strip()|length }}
{{ sentence.split() }} {{ 'a,b,,c'.split(',') }} {{ 'a,b,c'.split(',', 1) }} {{ sentence.split(none, 2) }} {{ 'abc'.split('x') }} {{ ''.split(',') }} {{ ''.split() }} {{ 'a--b'.split('--')[-1] }}
{{ 'a,b,c'.rsplit(',', 1) }} {{ sentence.rsplit(none, 2) }} {{ sentence.rsplit(maxsplit=1) }} {{ 'aaa'.rsplit('aa') }} {{ 'aaa'.split('aa') }}
{{ 'a'.split('') }}
{{ 'a\nb\r\nc\rd\x0be\u2028f'.splitlines() }} {{ 'a\n'.splitlines() }} {{ 'a\nb'.splitlines(true) }} {{ ''.splitlines() }}
{{ text.startswith('He') }} {{ text.endswith('ld') }} {{ text.startswith(('x', 'H')) }} {{ text.startswith('') }}
{{ text.startswith(5) }}
{{ text.upper() }} {{ text.lower() }} {{ text.title() }} {{ "it's ONE 2nd".title() }} {{ text.capitalize() }} {{ text.swapcase() }} {{ unicode.upper() }} {{ unicode.lower() }} {{ unicode.capitalize() }} {{ 'ΑΣ ΣΑ Σ'.lower() }} {{ 'ǆa'.title() }}
{{ text.replace('l', 'L') }} {{ text.replace('l', 'L', 1) }} {{ text.replace('', '.') }} {{ 'aaaa'.replace('aa', 'b', 1) }}
{{ text.find('o') }} {{ text.rfind('o') }} {{ text.find('x') }} {{ text.index('o') }} {{ text.count('l') }} {{ ''.count('') }} {{ 'aaa'.rfind('aa') }} {{ 'é日x'.find('x') }}
{{ text.index('x') }}
{{ 'a=b=c'.partition('=') }} {{ 'a=b=c'.rpartition('=') }} {{ 'abc'.partition('=') }} {{ 'abc'.rpartition('=') }}
{{ ', '.join(words) }} {{ '-'.join('abc') }} {{ ''.join([]) }}
{{ ','.join(numbers) }}
{{ 'abc'.removeprefix('a') }} {{ 'abc'.removesuffix('bc') }} {{ 'abc'.removeprefix('x') }} {{ '5'.zfill(3) }} {{ '-5'.zfill(4) }} {{ 'a'.ljust(3, '.') }} {{ 'a'.rjust(3, '.') }} {{ 'a'.center(4, '.') }} {{ 'ab'.center(5, '.') }}
{{ '12'.isdigit() }} {{ '1a'.isalnum() }} {{ 'ab'.isalpha() }} {{ ' '.isspace() }} {{ 'A'.isupper() }} {{ 'a'.islower() }} {{ ''.isdigit() }} {{ '²'.isdigit() }} {{ '²'.isdecimal() }} {{ '½'.isnumeric() }} {{ 'é'.isalpha() }}
{{ [1, 2, 1].count(1) }} {{ [1, 2].index(2) }} {{ (1, 2).index(1) }}
{{ [1].index(5) }}
{{ numbers.append(4) }}
{{ numbers.append is defined }} {{ person.update is defined }}
{% set _ = person.update({'a': 1}) %}
{{ text.__class__ }}|{{ ''.__class__.__mro__ }}
{{ person.__class__ is defined }}
{{ text.nope }}|{{ text.nope is defined }}
{{ text.nope() }}
{{ numbers == [3, 1, 2] }} {{ person == person }} {{ {'a': 1, 'b': 2} == {'b': 2, 'a': 1} }} {{ [1] == (1,) }} {{ none == false }} {{ 'é' == 'e\u0301' }} {{ 1 != 1.5 }}
{{ 'a\tb\\n\x41\u00e9\U0001F600\101\q\'' }} {{ "\é" }}
{{ '\x4' }}
{{ 'unterminated }}
{{ (1 }}
{{ 1 + }}
{{ }}
{% if %}{% endif %}
{% if yes %}
{% nope %}
{% endif %}
{% for %}{% endfor %}
{% for x numbers %}{% endfor %}
{{ 1 2 }}
{{ a.b.c( }}
{{ 3abc }}
{{ $ }}
{{ "a" if }}
{{ [1, 2,] }} {{ (1, 2,) }} {{ {'a': 1,} }}
{{ greet(*[1]) }}
{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m(*[1, 2]) }}{{ m(**{'a': 3, 'b': 4}) }}{{ m(1, **{'b': 2}) }}
{# a comment #}x{#- another -#} y {#+ third +#} z
{% raw %}{{ raw }} {% not %}{% endraw %}
{%- raw -%}  {{ raw }}  {%- endraw -%}  x
a {#- unclosed
a  {%- if yes -%}  b  {%- endif -%}  c
a  {%+ if yes +%}  b  {%+ endif +%}  c
a  {{- ' x ' -}}  b {{ 'y' }}
{% if yes %}a{% elif no %}b{% else %}c{% endif %}{% if no %}a{% elif yes %}b{% else %}c{% endif %}{% if no %}a{% elif no %}b{% else %}c{% endif %}
{% if yes: %}colon{% endif %}
{% generation %}gen {{ text }}{% set inner = 1 %}{% endgeneration %}{{ inner }}
{% for x in numbers %}{% generation %}{{ x }}{{ loop.last }}{% endgeneration %}{% endfor %}
{% for x in numbers %}{% generation %}{% break %}{% endgeneration %}{% endfor %}
{% print text, number %}
{% include 'x' %}
{% extends 'x' %}
{% do x %}
{{ cycler is callable }}
{{ person[1:2] }}
{{ nothing[1:] }}
{{ missing[1:] }}
{{ number[:2] }}
{{ {'a': 1}['a'] }} {{ [1, 2][1] }} {{ 'abc'[1] }} {{ (1, 2)[0] }} {{ {'a': {'b': 2}}.a.b }}
{{ 1 if 2 in [2] else 3 }} {{ [x for x in numbers] }}
{{ - 5 }} {{ -number }} {{ +number }} {{ --5 }} {{ -'a' }}
{{ words|sort|first|upper ~ '!' }} {{ 'a'|upper in ['A'] }} {{ 'b' + 'a'|upper }}
{{ 1|string + 'a' }} {{ not 1|string == '1' }}
{% set x = [] %}{% for i in numbers %}{% set x = x + [i] %}{% endfor %}{{ x }}
{% set q = people[0] %}{% set q = dict(q, extra=1) %}{{ q }}
{{ 9223372036854775807 }} {{ 9223372036854775806 + 1 }}
{{ text.split(', ')[1][0:2] | lower }} {{ (text ~ '!')[-2:] }} {{ "x".join(['a', 'b'])|upper }}
{{ people[0].name }} {{ people[-1]['name'] }} {{ people|length - 1 }} {{ people[people|length - 1].age }}
{{ people | groupby('age') }}
{{ text | truncate(5) }}
{{ 'a b' | urlencode }}
{{ text.encode() }}
""".strip("\n").split("\n")

# Cases that need several lines each.
SNIPPETS += [
    "{{ 'line\\\njoined' }}",
    "  {% if yes %}\n    indented\n  {% endif %}\n  {{ text }}\n",
    "x{% if yes %} {% endif %}\n\ny\n\n",
    "{% set a = 1 -%}\n\n   z",
    "{% if yes %}\r\nwindows\r\n{% endif %}\rmac\r",
    "\n\n{# c #}\n{% if yes %}\n\n a {% endif %} \n b",
    "{% for x in numbers %}\n  {{ x }},\n{% endfor %}\nend\n\n",
    "  {%- for x in numbers %}\n    {{- x }}\n  {%- endfor %}\n",
    "\t {% set a = 1 %} \n \u00a0 {% if yes %} {% endif %}|",
    "a\n   {# c #}   \n   {#- d #}\n b",
    "{{ text }}\n{{ number }}\n\n",
    "{% macro m(x) %}\n  <{{ x }}>\n{% endmacro %}\n{{ m(1) }}\n{{ m(2) -}}\n  !",
    "{% raw %}\n {% x %} \n{% endraw %}\n.",
    "  {% raw %} r {% endraw %}  {%- raw %} {{ s }}{% endraw -%}  .",
    "",
    "\n",
    "plain",
    "{{ '{{' }} {{ '%}' }} {{ {'a': {'b': 1}}}}|",
    "{% if yes %}{{ {'a': 1} }}{% endif %} } %} }} #}",
    "{{-1}} {{- -1 -}} {{ 1 -}}\n x",
    "{#-#}  a {##}b{#+#} c {# - #} d",
]
