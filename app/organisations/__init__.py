"""Organisations: trusts, health boards, ICBs, LMNSs, regions, nations and partners, each with its ODS code.

A *system* (an LMNS, an ICB, a network) has *members* (the trusts and health boards) and *partners* (public health,
voluntary sector, a voices partnership). An organisation is archived, never deleted. It says nothing of who works there.
"""
