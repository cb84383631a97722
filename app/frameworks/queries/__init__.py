"""Publications as read models: the shelf of them, the recommendations of one, and the links between."""

from app.frameworks.queries.links import counting_links, link_row, ruling_organisation
from app.frameworks.queries.local import (
    own_item,
    own_publication,
    writing_organisation,
    writing_organisations,
)
from app.frameworks.queries.private import private_wording, readers_of, reads_private
from app.frameworks.queries.recommendations import (
    items,
    leaves,
    leaves_under,
    recommendation_labels,
    recommendation_named,
    recommendation_title,
    search,
)
from app.frameworks.queries.shelf import (
    framework,
    framework_keys,
    framework_named,
    framework_row,
    frameworks,
    library_is_current,
)

__all__ = [
    "counting_links",
    "framework",
    "framework_keys",
    "framework_named",
    "framework_row",
    "frameworks",
    "items",
    "leaves",
    "leaves_under",
    "library_is_current",
    "link_row",
    "own_item",
    "own_publication",
    "private_wording",
    "readers_of",
    "reads_private",
    "recommendation_labels",
    "recommendation_named",
    "recommendation_title",
    "ruling_organisation",
    "search",
    "writing_organisation",
    "writing_organisations",
]
