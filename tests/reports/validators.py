"""The schemas that the reports are held against."""

import json
from pathlib import Path

import jsonschema
from lxml import etree

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SARIF = HERE / "node_modules/@microsoft/jest-sarif/lib/schemas"


def closed(schema):
    """The schema with no room for keys that it does not name: others read it
    as it is, so that keys can be added, but here a key must be in it."""
    if isinstance(schema, dict):
        schema = {key: closed(value) for key, value in schema.items()}
        if isinstance(schema.get("properties"), dict) and \
                schema.get("type") == "object":
            schema["additionalProperties"] = False
    elif isinstance(schema, list):
        schema = [closed(value) for value in schema]
    return schema


def report_schema():
    return json.loads((ROOT / "docs/report.schema.json").read_text("utf-8"))


def json_validator():
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(closed(schema))


def line_validator():
    """For any line of NDJSON, as others would make it."""
    schema = report_schema()
    return jsonschema.Draft202012Validator(
        {"$schema": schema["$schema"], "$ref": "#/$defs/line",
         "$defs": schema["$defs"],
         "properties": {"parcheck": schema["properties"]["parcheck"]}})


def line_validators():
    """For each type of line the validator of such a line."""
    schema = report_schema()
    found = {}
    for branch in schema["$defs"]["line"]["oneOf"]:
        name = branch["properties"]["type"]["const"]
        merged = json.loads(json.dumps(branch))
        for ref in merged.pop("allOf", []):
            part = schema["$defs"][ref["$ref"].rsplit("/", 1)[1]]
            merged["type"] = part["type"]
            merged["required"] = merged["required"] + part["required"]
            merged["properties"].update(part["properties"])
        merged["$defs"] = schema["$defs"]
        if "parcheck" in merged["properties"]:
            merged["properties"]["parcheck"] = schema["properties"]["parcheck"]
        found[name] = jsonschema.Draft202012Validator(closed(merged))
    return found


def sarif_validator():
    files = sorted(SARIF.glob("sarif-2.1.0*.json"))
    if len(files) != 1:
        raise SystemExit(
            "the schema of SARIF is not there: run npm ci in tests/reports "
            "(scripts/install-deps.sh test does)")
    schema = json.loads(files[0].read_text("utf-8"))
    return jsonschema.Draft7Validator(
        schema, format_checker=jsonschema.draft7_format_checker)


def junit_schema():
    return etree.XMLSchema(etree.parse(str(HERE / "junit.xsd")))


def first_error(validator, data):
    """None, or what is wrong first and where."""
    for error in validator.iter_errors(data):
        return "%s: %s" % ("/".join(map(str, error.absolute_path)),
                           error.message[:300])
    return None
