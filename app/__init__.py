"""The Maternity improvement plan tracker: a plan's actions, what was promised, what was proven, and who decided.

Rooms, top to bottom; a room looks down only, and the doors (`pages.py`, `api.py`) stand above all of them:
cli > main > settings > (doors) > demo > home > exchange > reports > oversight > improvement | voices > meetings >
coverage > assurance > evidence > measures > actions > plans > frameworks > people > organisations > history >
web > core
"""
