"""The orders of challenges as Mermaid diagrams: a whole flow in docs/flows/, what stands beside a step in docs/steps/.

Nothing here knows an order: ``flows.management.orders`` reads them off the pool's policy.
"""

from functools import partial

from flows.diagrams import graph, state_mermaid
from flows.diagrams.places import START, TOKENS, Place
from flows.management.documents import flow_orders
from flows.management.documents.sections import Section
from flows.management.orders import walk
from flows.steps.table import STEPS
from flows.terms import AuthFlow
from flows.terms import ChallengeName as C


def of_flow(flow: str) -> str:
    """A state diagram of every order in which ``flow`` can go."""
    return _fenced(state_mermaid.write(graph.of(flow_orders.of(flow))))


def of_challenge(challenge: C) -> str:
    """A state diagram of what can stand right before ``challenge`` and right after it, whatever the flow."""
    onward = flow_orders.onward(walk.legal())
    lines = []
    for at, place in enumerate((each for each in onward if each.name == challenge), start=1):
        before = [each for each, following in onward.items() if place in following]
        behind = [each for each in (*onward, TOKENS) if each in onward[place]]
        lines.append(state_mermaid.state([place], f"here{at}"))
        lines += _beside(before, START, f"before{at}", "{beside} --> {here}", here=f"here{at}")
        lines += _beside(behind, TOKENS, f"after{at}", "{here} --> {beside}", here=f"here{at}")
    return _fenced(state_mermaid.diagram(lines))


def _beside(places: list[Place], end: Place, name: str, arrow: str, *, here: str) -> list[str]:
    challenges = [each for each in places if each != end]
    lines = [state_mermaid.state(challenges, name), arrow.format(beside=name, here=here)] if challenges else []
    return [*lines, arrow.format(beside="[*]", here=here)] if end in places else lines


def _fenced(diagram: str) -> str:
    return f"```mermaid\n{diagram}\n```"


PAGES = {
    AuthFlow.USER_SRP_AUTH: "docs/flows/user-srp-auth.md",
    AuthFlow.USER_PASSWORD_AUTH: "docs/flows/user-password-auth.md",
    AuthFlow.ADMIN_USER_PASSWORD_AUTH: "docs/flows/admin-user-password-auth.md",
    AuthFlow.USER_AUTH: "docs/flows/user-auth.md",
}
SECTIONS = (
    Section("docs/flows/custom-auth.md", partial(of_flow, AuthFlow.CUSTOM_AUTH)),
    *(Section(path, partial(of_flow, flow)) for flow, path in PAGES.items()),
    *(
        Section(step.docs, partial(of_challenge, step.challenge))
        for step in STEPS
        if step.challenge != C.CUSTOM_CHALLENGE  # stands where the pool's function puts it
    ),
)
