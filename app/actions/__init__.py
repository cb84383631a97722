"""Actions: what a plan promises to do, how far each one is, and the rating that the facts give it.

Words: an action has a delivery stage (gated: somebody else decides) and, until delivered, a progress in its
owner's words; an update is never overwritten; the rating is the colour, label and reasons that the rules
derive from the facts, the plan's settings and the day: never typed in and never stored as truth. It is not
where evidence is kept nor where proposals are decided: those rooms stand above and write the facts a rating
needs through this room's commands.
"""
