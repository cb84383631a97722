"""The filters of the list of actions as an address of the API has them."""

from pydantic import BaseModel, Field


class ListFilters(BaseModel):
    """The filters of the tracker's page; several values of one name are alternatives, names all hold."""

    q: str = Field("", description="Words to find, by their beginnings; a phrase in quotes.")
    rating: list[str] = Field([], description="red, amber, green, blue, grey; on_track, delivered_proof_due.")
    label: list[str] = Field([], description="The cause beside the colour, as `label` of an action names it.")
    priority: list[str] = Field([], description="References of priorities.")
    stage: list[str] = Field([], description="Delivery stages.")
    framework: list[str] = Field([], description="Keys of publications answered.")
    recommendation: list[str] = Field([], description="Recommendations answered, like ockenden_2022:1.2.")
    owner: list[str] = Field([], description="E-mail addresses of accountable persons; none; me.")
    executive: list[str] = Field([], description="E-mail addresses of lead executives; none; me.")
    flag: list[str] = Field(
        [],
        description="overdue, stale, unowned, evidence_overdue, awaiting_decision, external, slipped, regulatory.",
    )
    due_before: str = Field("", description="Due before this day.")
    group: str = Field("", description="Of the page; without effect here.")
    sort: str = Field("", description="ref, due, rating, owner, updated, title; - before it for the other way round.")
    view: str = Field("", description="A saved view by its slug; what else is asked takes the place of its own.")

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that say something, as `queries.wanted` reads them."""
        out: list[tuple[str, str]] = []
        for name in ListFilters.model_fields:
            value = getattr(self, name)
            out += [(name, v) for v in (value if isinstance(value, list) else [value]) if v]
        return out
