"""The call with boto3: a program that can be run as it is, once its blanks are filled in."""

from botocore import xform_name

from flows.inspector.code.blanks import labels
from flows.inspector.code.literals import PYTHON, literal, text
from flows.inspector.code.situation import Situation
from flows.inspector.code.tab import FILL_IN, Tab
from flows.inspector.entries import Call

_SIGNED = """\
# {operation} is signed. boto3 finds AWS credentials in the environment, a profile or the instance's role;
# the demo's are accessKeyId and secretAccessKey of /demo/config.json.
"""


def written(situation: Situation) -> Tab:
    """Connect as this run did, call, print the answer as JSON."""
    call = situation.call
    members = "".join(f"    {name}={literal(value, PYTHON, level=1)},\n" for name, value in situation.request.items())
    given = f"\n{members}" if members else ""
    code = (
        f"{_imports(call)}\n"
        f"{_SIGNED.format(operation=call.operation) if call.signed else ''}"
        f"{_client(call)}"
        f"answer = cognito.{xform_name(call.operation)}({given})\n"
        "print(json.dumps(answer, indent=2, default=str))\n"
    )
    blanks = labels(situation.request)
    return Tab(
        slug="boto3",
        label="boto3",
        language="python",
        text=code,
        note=FILL_IN if blanks else "",
        blanks=blanks,
    )


def _imports(call: Call) -> str:
    unsigned = "" if call.signed else "from botocore import UNSIGNED\nfrom botocore.config import Config\n"
    return f"import json\n\nimport boto3\n{unsigned}"


def _client(call: Call) -> str:
    lines = ['    "cognito-idp",', f"    region_name={text(call.region)},"]
    if call.endpoint_url:
        lines.append(f"    endpoint_url={text(call.endpoint_url)},")
    if not call.signed:
        lines.append("    config=Config(signature_version=UNSIGNED),")
    return "cognito = boto3.client(\n" + "\n".join(lines) + "\n)\n"
