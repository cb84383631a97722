"""Coverage: whether each recommendation is answered, by what, and how good the proof is.

A recommendation has a *standing* in a plan (accepted, in part, not, not applicable, external), proposed by the office
and decided by the lead executive. Its *stage* is that of the weakest link it hangs on: through actions that meet or
contribute, and through links to other recommendations that the trust has accepted. A *declaration* is signed by the
chief executive and frozen; a *pack* is what an inspector takes away. What proof is and who accepts it is known below.
"""
