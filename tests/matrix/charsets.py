"""Vietnamese text in the encodings that parcheck reads: the way back, by
tables of its own. main() holds them against iconv where there is one."""

import codecs
import subprocess
import unicodedata

GRAVE, ACUTE, HOOK, TILDE, DOT = "\u0300\u0301\u0309\u0303\u0323"
TONES = GRAVE + ACUTE + HOOK + TILDE + DOT

# TCVN 5712 VN1 and TCVN3: what they share, by first byte.
_SHARED = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ", 0xDC: "ĩíịò", 0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ"}
_VN1 = {
    0x01: "ÚỤ", 0x04: "ỪỬỮ", 0x11: "ỨỰỲỶỸÝỴ",
    0x80: "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ", 0xAF: "Ằ",
    0xB0: GRAVE + HOOK + TILDE + ACUTE + DOT, 0xBA: "Ẳ", 0xBF: "ẴẮẦẨẪẤỀ",
    0xCD: "Ể", 0xD9: "ỄẾỒ", 0xE0: "Ổ", 0xF0: "Ỗ", 0xFF: "Ố"}
# VISCII 1.1, RFC 1456.
_VISCII = {
    0x02: "Ẳ", 0x05: "ẴẪ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ",
    0x80: "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ" "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
          "Õắằặấầẩậẽẹếềểễệố" "ồổỗỠƠộờởịỰỨỪỬơớƯ"
          "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ" "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
          "àáâãảăữẫèéêẻìíĩỉ" "đựòóôõỏọụùúũủýợỮ"}
# VNI after windows-1252: base letters, and marks by shape and tone.
_VNI_SINGLE = {"ơ": "ô", "ư": "ö", "đ": "ñ", "ì": "ì", "í": "í", "ỉ": "æ",
               "ĩ": "ó", "ị": "ò", "ỵ": "î"}
_VNI_MARK = {
    "": {GRAVE: "ø", ACUTE: "ù", HOOK: "û", TILDE: "õ", DOT: "ï"},
    "\u0302": {"": "â", GRAVE: "à", ACUTE: "á", HOOK: "å", TILDE: "ã",
               DOT: "ä"},
    "\u0306": {"": "ê", GRAVE: "è", ACUTE: "é", HOOK: "ú", TILDE: "ü",
               DOT: "ë"}}


def _table(*parts):
    table = {}
    for part in parts:
        for first, letters in part.items():
            for at, letter in enumerate(letters):
                table[letter] = bytes([first + at])
    return table


def _below_a0():
    """The punctuation of windows-1252 that fonts of Windows have."""
    table = {}
    for byte in range(0x80, 0xA0):
        try:
            table[bytes([byte]).decode("cp1252")] = bytes([byte])
        except UnicodeDecodeError:
            pass
    return table


def split_tone(letter):
    """The letter without its tone, and the tone or ""."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in TONES)
    rest = "".join(part for part in parts if part not in TONES)
    return unicodedata.normalize("NFC", rest), tone


def _tcvn3_table():
    """A capital with a tone is the capital without it and the small letter
    with it."""
    table = dict(_below_a0())
    table.update(_table(_SHARED))
    for letter in "".join(_VISCII.values()):
        base, tone = split_tone(letter)
        if tone and letter != letter.lower():
            front = table.get(base) or base.encode("ascii")
            table[letter] = front + table[letter.lower()]
    return table


def _vni_letter(small):
    if small in _VNI_SINGLE:
        return _VNI_SINGLE[small]
    base, tone = split_tone(small)
    if base in "ơư":
        return _VNI_SINGLE[base] + _VNI_MARK[""][tone]
    parts = unicodedata.normalize("NFD", base)
    return parts[0] + _VNI_MARK[parts[1:]][tone]


def _vni_table():
    table = dict(_below_a0())
    for letter in set("".join(_VISCII.values()).lower()):
        for each, text in ((letter, _vni_letter(letter)),
                           (letter.upper(), _vni_letter(letter).upper())):
            table[each] = text.encode("cp1252")
    return table


_TABLES = {"TCVN5712": _table(_SHARED, _VN1), "VISCII": _table(_VISCII),
           "TCVN3": _tcvn3_table(), "VNI": _vni_table()}

_UNICODE = {
    "UTF-8": ("utf-8", b""), "UTF-8 with mark": ("utf-8", codecs.BOM_UTF8),
    "UTF-16LE": ("utf-16-le", b""),
    "UTF-16LE with mark": ("utf-16-le", codecs.BOM_UTF16_LE),
    "UTF-16BE": ("utf-16-be", b""),
    "UTF-16BE with mark": ("utf-16-be", codecs.BOM_UTF16_BE)}

ENCODINGS = list(_UNICODE) + ["windows-1258", "TCVN5712", "TCVN3", "VISCII",
                              "VNI"]


def forms(encoding):
    """The compositions that the encoding has."""
    if encoding in ("TCVN3", "VISCII", "VNI"):
        return ["NFC"]
    return ["NFC", "NFD"]


def _with_marks(text):
    """Letters without a tone, and the tones behind them as marks."""
    return "".join("".join(split_tone(letter)) for letter in text)


def _windows_1258(letter):
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        return _with_marks(letter).encode("cp1258")


def _by_table(table, letter):
    if letter in table:
        return table[letter]
    byte = letter.encode("ascii")
    if byte in table.values():
        raise UnicodeEncodeError("table", letter, 0, 1, "a letter is there")
    return byte


def encode(text, encoding, form):
    """`text` in NFC, as a file in the encoding; UnicodeEncodeError if it
    has a character that the encoding cannot carry. In windows-1258 and TCVN
    5712 the form NFD means that each tone is a mark of its own."""
    if encoding in _UNICODE:
        codec, mark = _UNICODE[encoding]
        return mark + unicodedata.normalize(form, text).encode(codec)
    if form == "NFD":
        text = _with_marks(text)
    if encoding == "windows-1258":
        return b"".join(map(_windows_1258, text))
    table = _TABLES[encoding]
    return b"".join(_by_table(table, letter) for letter in text)


def carries(text, encoding):
    try:
        encode(text, encoding, "NFC")
        return True
    except UnicodeEncodeError:
        return False


def has_capitals(content):
    """Whether bytes of TCVN 5712 stand for what TCVN3 has not."""
    return any(0x80 <= byte < 0xA0 or byte < 0x20 and byte not in b"\t\r\n"
               for byte in content)


LETTERS = "".join(sorted(set("".join(_VISCII.values()))))


def iconv_differences():
    """Where iconv reads the tables otherwise; None without iconv."""
    wrong = []
    for encoding, name in (("TCVN5712", "TCVN5712-1"), ("VISCII", "VISCII"),
                           ("windows-1258", "CP1258")):
        for form in forms(encoding):
            # A letter a line: marks do not join over the line.
            text = "".join(letter + "\n" for letter in LETTERS)
            try:
                done = subprocess.run(
                    ["iconv", "-f", name, "-t", "UTF-8"], check=True,
                    input=encode(text, encoding, form), capture_output=True)
            except (OSError, subprocess.CalledProcessError):
                return None
            back = unicodedata.normalize("NFC", done.stdout.decode("utf-8"))
            if back != text:
                wrong.append("%s %s" % (encoding, form))
    return wrong
