-- How many sessions got from one step to the next, in this order, and the share of those that began. It counts sessions
-- in which all steps were recorded: do not sample the events of a funnel, since one that was left out looks like an end.
-- SET VARIABLE steps = ['cart.opened', 'payment.chosen', 'order.placed']; SET VARIABLE minimum = 20;
WITH RECURSIVE reached AS (
	SELECT session_id, any_value(machine_id) AS machine_id, 1 AS step, min(happened) AS happened
	FROM events
	WHERE name = getvariable('steps')[1] AND session_id IS NOT NULL
	GROUP BY session_id
	UNION ALL
	SELECT reached.session_id, any_value(reached.machine_id), reached.step + 1, min(events.happened)
	FROM reached
	JOIN events ON events.session_id = reached.session_id
		AND events.name = getvariable('steps')[reached.step + 1]
		AND events.happened > reached.happened
	GROUP BY reached.session_id, reached.step
)
SELECT
	step,
	getvariable('steps')[step] AS name,
	count(*) AS sessions,
	count(*) / (SELECT count(*) FROM reached WHERE step = 1) AS share
FROM reached
GROUP BY step
HAVING count(DISTINCT machine_id) >= getvariable('minimum')
ORDER BY step;
