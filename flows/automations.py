"""What the Prefect server does by itself: `asrun serve` makes it so, and making it twice is making it once."""

from collections.abc import Iterable
from datetime import timedelta

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

_ENDS = frozenset(f"prefect.flow-run.{name}" for name in ("Completed", "Failed", "Cancelled", "Crashed"))
_HEARTBEAT = "prefect.flow-run.heartbeat"

MISSED_HEARTBEATS = timedelta(seconds=90)
"""Three heartbeats of `flows.environment`; with less, a run on a busy machine would be taken for a dead one."""
NEVER_BEGAN = timedelta(minutes=10)
"""A process takes seconds to start, a minute on a busy machine."""


def automations(flow_names: Iterable[str]) -> list[AutomationCore]:
    """All of them; they look at runs of these flows only."""
    related = ResourceSpecification.model_validate(
        {"prefect.resource.role": "flow", "prefect.resource.name": sorted(flow_names)}
    )

    def silent(after: set[str], expect: set[str], within: timedelta) -> EventTrigger:
        return EventTrigger(
            after=after,
            expect=expect,
            match=ResourceSpecification.model_validate({"prefect.resource.id": "prefect.flow-run.*"}),
            match_related=related,
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=within,
        )

    return [
        AutomationCore(
            name="asrun: a run that is silent has crashed",
            description="Its process, and whoever watched it, are gone; the next run must not wait for it.",
            trigger=silent({_HEARTBEAT}, {_HEARTBEAT, *_ENDS}, MISSED_HEARTBEATS),
            actions=[_crashed("no heartbeat for 90 s")],
        ),
        AutomationCore(
            name="asrun: a run that never begins has crashed",
            description="Whoever was to start it is gone; the next run must not wait for it.",
            trigger=silent({"prefect.flow-run.Pending"}, {"prefect.flow-run.*"}, NEVER_BEGAN),
            actions=[_crashed("it did not begin within ten minutes")],
        ),
    ]


def _crashed(message: str) -> ChangeFlowRunState:
    return ChangeFlowRunState(state=StateType.CRASHED, name="Crashed", message=message, force=False)


def establish(wanted: Iterable[AutomationCore], client: SyncPrefectClient) -> None:
    """Make these automations, or bring those of the same names to what is wanted."""
    for automation in wanted:
        known = client.read_automations_by_name(automation.name)
        if known:
            client.update_automation(known[0].id, automation)
        else:
            client.create_automation(automation)
