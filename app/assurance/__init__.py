"""Assurance: proposals, and the decisions of somebody else on them.

A *proposal* asks for a *move* (a later date, an exit, a change of the rating settings; delivered and assured once
evidence exists). A *decision* accepts or returns it, made by a *body* of the plan through its chair, a deputy or a
validator, or by the lead executive for a first short slip. Nobody decides on their own proposal or their own action.
"""
