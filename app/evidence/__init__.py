"""Evidence: what shows that an action was done, and that doing it worked.

An item is a file, a link, or something seen. *Implementation* evidence shows that the change was made, *effect*
evidence that it works. It is submitted, and somebody who neither submitted it nor answers for the action accepts it or
returns it with a reason. One item may serve many actions and recommendations; a new version of a file keeps the old.
"""
