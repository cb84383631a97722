"""Plans: an organisation's plan, its life and editions, participants, priorities, bodies, meetings, settings.

Words: a plan is a draft until its chair adopts it (live), then closed; its cadence is how often it reports;
its settings are the thresholds of the rating rules; its legend is the words it puts beside the colours; a
body (improvement group, assurance panel, committee, board) takes its decisions. It is not where actions,
evidence or decisions on actions live, and it rates nothing: it only holds the settings the rating reads.
"""
