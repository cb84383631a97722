"""HTTP and HTML mechanics, without domain: sessions for the doors, forms, templates, problems, headers, caching.

A *door* declares the act of each of its routes (`@act("plan.read")`); what an act allows stands in the rights table.
"""
