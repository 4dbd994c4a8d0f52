"""Steps, objectives, interviews and plans of one participant."""

from uuid import UUID

from plie_desktop.models.domain.pathway import Interview, InterviewState, Objective
from plie_desktop.models.domain.plan_version import PlanVersion
from plie_desktop.models.domain.records import Kind
from plie_desktop.models.domain.step import Step
from plie_desktop.store import mapping
from plie_desktop.store.work import Work


class SqlPathways:
    """What is planned and done, in the order in which it happens."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def steps(self, participant_id: UUID) -> tuple[Step, ...]:
        rows = self._work.rows.of_file(Kind.STEP, participant_id)
        return tuple(sorted(map(mapping.to_step, rows), key=lambda s: (s.starts_on, s.id)))

    def put_step(self, step: Step) -> None:
        self._work.rows.put(Kind.STEP, step.participant_id, step.id, mapping.from_step(step))

    def objectives(self, participant_id: UUID) -> tuple[Objective, ...]:
        rows = self._work.rows.of_file(Kind.OBJECTIVE, participant_id)
        return tuple(sorted(map(mapping.to_objective, rows), key=lambda o: (o.rank, o.id)))

    def put_objective(self, objective: Objective) -> None:
        self._work.rows.put(
            Kind.OBJECTIVE,
            objective.participant_id,
            objective.id,
            mapping.from_objective(objective),
        )

    def interviews(self, participant_id: UUID) -> tuple[Interview, ...]:
        rows = self._work.rows.of_file(Kind.INTERVIEW, participant_id)
        return tuple(sorted(map(mapping.to_interview, rows), key=lambda i: (i.starts_at, i.id)))

    def put_interview(self, interview: Interview) -> None:
        self._work.rows.put(
            Kind.INTERVIEW,
            interview.participant_id,
            interview.id,
            mapping.from_interview(interview),
        )

    def upcoming(self, since: str, *, limit: int = 20) -> tuple[Interview, ...]:
        rows = self._work.connection.exec_driver_sql(
            # The index of planned interviews serves when the query names the state.
            f"SELECT * FROM interview WHERE state = '{InterviewState.PLANNED.value}'"  # noqa: S608 - a constant
            " AND starts_at >= ? ORDER BY starts_at, id LIMIT ?",
            (since, limit),
        )
        return tuple(mapping.to_interview(row) for row in rows.mappings())


class SqlPlans:
    """Versions of the plan, the first one first."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def versions(self, participant_id: UUID) -> tuple[PlanVersion, ...]:
        rows = self._work.rows.of_file(Kind.PLAN, participant_id)
        return tuple(sorted(map(mapping.to_plan, rows), key=lambda p: (p.version, p.id)))

    def add(self, version: PlanVersion) -> None:
        self._work.rows.put(
            Kind.PLAN, version.participant_id, version.id, mapping.from_plan(version)
        )
