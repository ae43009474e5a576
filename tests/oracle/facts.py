"""What an oracle must read: cells, the tables of a schema, submissions.

A cell is a value, a blank, missing, or unreadable. A Family is one folder of
schema tables; a Part is what one submission brings for one family, with a
Unit for each row of a table and a single Unit for the forms.
"""

import csv
import os
import re
import unicodedata
from collections import namedtuple
from fractions import Fraction
from functools import lru_cache

from language import operands, parse_rule

# ---------------------------------------------------------------- cells ----

VALUE, BLANK, MISSING, UNREADABLE = "value", "blank", "missing", "unreadable"

# decimals: how many digits are printed after the decimal mark.
Cell = namedtuple("Cell", "state value decimals")

NOT_THERE = Cell(MISSING, None, 0)
NOT_SENT = Cell(MISSING, "not sent", 0)  # nor anything else of its submission
NOT_USABLE = Cell(UNREADABLE, None, 0)
NOT_FILLED = Cell(BLANK, None, 0)

BLANK_WORDS = {"", "-", "–", "—", "không báo", "chưa giao",
               "không phát sinh"}
MOST_DIGITS = 18


@lru_cache(maxsize=None)
def read_cell(literal, kind):
    """What the printed literal of a cell of this kind says."""
    text = unicodedata.normalize("NFC", literal).strip()
    if text.lower() in BLANK_WORDS:
        return NOT_FILLED
    if kind == "text":
        return Cell(VALUE, None, 0)
    return read_number(text, kind) or NOT_USABLE


def read_number(text, kind):
    """A number as these reports print it, or None."""
    if kind == "percent" and text.endswith("%"):
        text = text[:-1].rstrip()
    negative = text.startswith("-")
    if not re.fullmatch(r"-?[0-9]+([.,][0-9]+)*", text):
        return None
    fields = re.split(r"[.,]", text.lstrip("-"))
    marks = re.findall(r"[.,]", text)
    whole, decimals = split_number(fields, marks, kind)
    if whole is None or len(whole + decimals) > MOST_DIGITS:
        return None
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    return Cell(VALUE, -value if negative else value, len(decimals))


def split_number(fields, marks, kind):
    """Digits before and after the decimal mark; None where neither."""
    def grouped(parts):
        return (len(parts) == 1 or
                (1 <= len(parts[0]) <= 3 and
                 all(len(part) == 3 for part in parts[1:])))

    if not marks:
        return fields[0], ""
    if len(marks) == 1:
        if kind != "percent" and grouped(fields):
            return "".join(fields), ""
        return fields[0], fields[1]
    if len(set(marks)) == 1 and grouped(fields):
        return "".join(fields), ""
    if (len(set(marks[:-1])) == 1 and marks[-1] not in marks[:-1]
            and grouped(fields[:-1])):
        return "".join(fields[:-1]), fields[-1]
    return None, None


# --------------------------------------------------------------- schema ----

Indicator = namedtuple(
    "Indicator", "form code name label unit kind level choices")
Role = namedtuple("Role", "role code parent")
Rule = namedtuple("Rule", "id check severity tree")


class Edition:
    def __init__(self, name, indicators):
        self.name = name
        self.indicators = indicators
        self.by_name = {each.name: each for each in indicators}

    def kind(self, name):
        return self.by_name[name].kind if name in self.by_name else None


class Family:
    """The tables of one folder. `roles` is empty for a form family."""

    def __init__(self, name, rules, roles, editions):
        self.name = name
        self.rules = rules
        self.roles = roles
        self.editions = editions

    def is_table(self):
        return bool(self.roles)

    def role_of(self, code):
        for role in self.roles:
            if role.code == code:
                return role
        for role in self.roles:
            if role.code == "#" and re.fullmatch("[0-9]+", code):
                return role
        return None

    def parent_roles(self):
        return {role.parent for role in self.roles if role.parent}


def load_families(folder):
    """All families below a folder of schemas: {name: Family}."""
    families = {}
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.isfile(os.path.join(path, "rules.csv")):
            families[name] = load_family(name, path)
    return families


def load_family(name, path):
    rules, roles, editions = [], [], {}
    for entry in sorted(os.listdir(path)):
        if not entry.endswith(".csv") or entry == "family.csv":
            continue
        rows = read_rows(os.path.join(path, entry))
        if entry == "rules.csv":
            rules = [Rule(row["id"], row["check"], row["severity"],
                          parse_rule(row["check"])) for row in rows]
        elif entry == "roles.csv":
            roles = [Role(row["role"], row["code"], row["parent"])
                     for row in rows]
        else:
            editions[entry[:-4]] = Edition(entry[:-4], [
                Indicator(*(row[field] for field in Indicator._fields))
                for row in rows])
    return Family(name, rules, roles, editions)


def read_rows(path):
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def applies(rule, family, edition):
    """Does the edition have every indicator of its family in the rule?"""
    return all(each[1] in edition.by_name for each in operands(rule.tree)
               if each[0] != "ref" or each[2] is None)


# ----------------------------------------------------------- submission ----


# The months of a year that a period has, the first and the last.
PERIODS = {"": (1, 12), "-Q1": (1, 3), "-Q2": (4, 6), "-Q3": (7, 9),
           "-Q4": (10, 12), "-H1": (1, 6), "-H2": (7, 12), "-9M": (1, 9)}


def end_of(period):
    return PERIODS[period[1]][1]


def months_of(period):
    first, last = PERIODS[period[1]]
    return last - first + 1

class Unit:
    """One set of facts: a form family has one for each period, a table one
    per row. A period is a pair, the year and a name of PERIODS."""

    def __init__(self, code=None, name=None, role=None, parent=None,
                 period=None):
        self.code = code
        self.name = name
        self.role = role
        self.parent = parent        # the Unit above, if any
        self.period = period
        self.cells = {}             # indicator name -> Cell

    def cell(self, name):
        return self.cells.get(name, NOT_THERE)


class Part:
    """What a submission brings for one family."""

    def __init__(self, family, edition, units):
        self.family = family
        self.edition = edition
        self.units = units

    def children(self, unit):
        return [each for each in self.units if each.parent is unit]

    def previous(self, unit):
        """The unit in the period of the same year that ended last before."""
        earlier = [each for each in self.periods_of(unit)
                   if each.period[0] == unit.period[0] and
                   end_of(each.period) < end_of(unit.period)]
        return max(earlier, default=None, key=lambda each: (
            end_of(each.period),
            months_of(each.period) == months_of(unit.period),
            months_of(each.period)))

    def year_before(self, unit):
        for each in self.periods_of(unit):
            if each.period == (unit.period[0] - 1, unit.period[1]):
                return each
        return None

    def periods_of(self, unit):
        return [each for each in self.units
                if unit.period and each.period and each.name == unit.name]


def put_cell(unit, name, cell):
    """Bind a cell; a second cell that says something else spoils it."""
    if name in unit.cells and unit.cells[name] != cell:
        cell = NOT_USABLE
    unit.cells[name] = cell


def link_units(family, units):
    """Give every row of a table its role and the row it belongs to."""
    last = {}
    for unit in units:
        role = family.role_of(unit.code)
        unit.role = role.role if role else None
        unit.parent = last.get(role.parent) if role and role.parent else None
        if role:
            last[role.role] = unit


def read_form_file(path, family, edition_name):
    """A file with form,code,label,unit,value,note. The label wins over the
    code; of several rows of that label the one after the last row taken."""
    edition = family.editions[edition_name]
    unit = Unit()
    place = -1
    for row in read_rows(path):
        place = find_row(edition.indicators, row, place)
        found = edition.indicators[place]
        if found.kind != "group":
            put_cell(unit, found.name, read_cell(row["value"], found.kind))
    return Part(family, edition, [unit])


def find_row(indicators, row, last):
    def key(text):
        return " ".join(unicodedata.normalize("NFC", text).lower().split())

    def rank(place):
        each = indicators[place]
        return (key(each.label) != key(row["label"]),
                each.code != row["code"], place <= last)

    places = [place for place, each in enumerate(indicators)
              if each.form == row["form"] and
              (key(each.label) == key(row["label"]) or
               (row["code"] and each.code == row["code"]))]
    if not places:
        raise ValueError("no row for %r" % row)
    return min(places, key=rank)


def read_table_file(path, family, edition_name):
    """A file with the machine names as its heading."""
    edition = family.editions[edition_name]
    units = []
    for row in read_rows(path):
        unit = Unit(row["stt"], row["unit_name"])
        for name, literal in row.items():
            if name in edition.by_name:
                put_cell(unit, name, read_cell(literal, edition.kind(name)))
        units.append(unit)
    link_units(family, units)
    return Part(family, edition, units)
