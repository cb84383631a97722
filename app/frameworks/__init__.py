"""Frameworks: publications with numbered recommendations, national or local, and the links between them.

A *framework* is one edition of a publication; its *recommendations* are a tree whose leaves are what an
action answers. A *pack* is a framework as a data file of `library/`: titles there are short names or
paraphrases, not quotations, and an item marked *recalled* is shown with "check against the source" beside
the publication's address. A *crosswalk* is a link between two recommendations; an editorial one counts for
nothing until a trust accepts it. The *registry* names publications whose items could not be verified. Which
action answers what, and whether enough, is not known here: that is coverage, in `assurance`.
"""
