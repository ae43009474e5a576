"""Submissions with hostile text in every field that is text."""

RAN = "document.documentElement.setAttribute('data-ran','1')"

# What a person, or a person's enemy, might put into a field.
PAYLOADS = {
    "script": "<script>%s</script>" % RAN,
    "close-script": "</script></style></title></textarea>--><script>%s"
                    "</script>" % RAN,
    "close-style": "</style><style>*{display:none}</style>",
    "image": "<img src=x onerror=\"%s\">" % RAN,
    "svg": "'\"><svg/onload=%s>" % RAN.replace("'", "&#39;"),
    "attribute": "\" onmouseover=\"%s\" autofocus onfocus=\"%s" % (RAN, RAN),
    "link": "<a href=\"javascript:%s\">x</a>" % RAN,
    "markdown": "[x](javascript:%s) {0} {{1}}" % RAN,
    "comment": "<!-- --!> <![CDATA[ ]]> <?xml version='1.0'?> <!DOCTYPE x>",
    "entity": "&lt;script&gt; &amp; &#0; &#x202e; &nosuch; %xx;",
    "base": "<base href=\"//example.invalid/\"><meta http-equiv=refresh "
            "content=\"0;url=//example.invalid\">",
    "formula": "=HYPERLINK(\"//example.invalid\",\"x\")",
    "formula-late": "a\",\"=1+1;=1+1|=1+1\t@SUM(1);\n=1+1",
    "formulas": "+1;-1;@x;\t=1;\r=1;  =1;＝1;−1",
    "quotes": "'\"'\"\"'''`\\\" \\u0022 \\n \\",
    "escape": "\x1b[31m\x1b]0;title\x07\x1b[2J\x9b31m\x1bP",
    "controls": "".join(map(chr, range(1, 32))) + "\x7f\x80\x85\x9f",
    "bidi": "\u202e\u202d\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
            "\u200e\u200f\u061c",
    "zero-width": "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e",
    "separators": "a\u2028b\u2029c\u0085d",
    "tags": "\U000e0001\U000e0041\U000e007f\ue000\U0010ffff\ufffe\uffff\ufdd0",
    "right-to-left": "\u05d0\u05d1\u05d2 123 \u0627\u0644\u0639",
    "marks": "e" + "\u0301" * 200,
    "format": "%s%n%d%99999999s {} {0} $(x) `x` ${x}",
    "long": "w" * 10000,
    "long-words": "dài " * 2500,
    "astral": "𝟙🚀👨‍👩‍👧",
}

# Bytes that are not UTF-8, in a text that is.
BYTES = {
    "invalid": b"\xff\xfe\xc3(\xed\xa0\x80\xf5\x80\x80\x80\xc0\xaf",
    "cut": b"a\xe1\xbb",
}


def quoted(text):
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    return b'"' + data.replace(b'"', b'""') + b'"'


def record(*fields):
    return b",".join(quoted(field) for field in fields) + b"\n"


def form(payload):
    """Form layout: the payload in each column, in rows of its own."""
    rows = [
        ("A", "1.1", "Tổng số sách", "Cuốn", "7", ""),
        ("A", "1.2", "Sách người lớn", "Cuốn", "3", ""),
        ("A", "1.3", "Sách thiếu nhi", "Cuốn", "5", payload),
        ("A", "2", "Tổng kinh phí", payload, "9", ""),
        ("A", "2.1", payload, "Triệu đồng", "100", ""),
        ("A", payload, "Nguồn khác", "Triệu đồng", "20,5", ""),
        ("A", "3", "Tỷ lệ sách được mượn", "%", payload, payload),
        ("A", "3.1", "Số sách được mượn", "Cuốn", "9", ""),
        (payload, "4", "Khảo sát bạn đọc", "", "1", ""),
        ("A", payload, payload, payload, payload, payload),
        (payload, payload, payload, payload, payload, payload),
    ]
    return record("form", "code", "label", "unit", "value", "note") + b"".join(
        record(*row) for row in rows)


def table(payload):
    """Table layout: the payload as code, name and value of a unit."""
    rows = [("T", payload, "9", "4"), ("1", payload, "3", payload),
            ("2", "B", payload, "1"), (payload, payload, "1", "1"),
            ("3", "C", "4", "5", payload)]
    return record("stt", "unit_name", "people", "women") + b"".join(
        record(*row) for row in rows)


def long(payload):
    """Long layout: the payload as unit and period, too."""
    rows = [(payload, "2024", "A", "1.1", "Tổng số sách", "7"),
            (payload, "2024", "A", "1.2", "Sách người lớn", "3"),
            (payload, "2024", "A", "1.3", "Sách thiếu nhi", "5"),
            ("x", payload, "A", "1.1", "Tổng số sách", payload),
            ("x", payload, "A", "1.2", "Sách người lớn", "8"),
            ("x", payload, "A", "1.3", payload, "5")]
    return record("unit", "period", "form", "code", "label", "value") + \
        b"".join(record(*row) for row in rows)


def heading(payload):
    """The payload in the heading, and in a title above it."""
    return (record(payload) + record("Biểu A", payload) +
            record("code", "label", "value", payload, payload) +
            record("1.1", "Tổng số sách", "7", "", "") +
            record("1.2", "Sách người lớn", "3", payload, "") +
            record(payload) + record("1.3", "Sách thiếu nhi", "5", "", "1"))


LAYOUTS = {"form": form, "table": table, "long": long, "heading": heading}


def file_name(payload):
    """The payload as a file's name, as far as there can be one."""
    data = payload if isinstance(payload, bytes) else payload.encode("utf-8")
    data = data.replace(b"/", b"_").replace(b"\0", b"")
    return b"x" + data[:200].decode("utf-8", "ignore").encode("utf-8") \
        + b".csv" if not isinstance(payload, bytes) else b"x" + data + b".csv"


def submissions():
    """(name, file name, content) of each."""
    for name, payload in list(PAYLOADS.items()) + list(BYTES.items()):
        for layout, make in LAYOUTS.items():
            yield "%s-%s" % (name, layout), file_name(payload), make(payload)
    nul = form("a").replace(b"Cu\xe1\xbb\x91n", b"C\0n")
    yield "nul-form", b"nul.csv", nul
