-- As docs/analysis/funnel.sql, with three steps: how many sessions got from one to the next, in this order.
WITH first_step AS (
	SELECT session_id, min(happened) AS reached, min(machine_id) AS machine_id
	FROM events
	WHERE name = {first:String} AND session_id != ''
	GROUP BY session_id
),
second_step AS (
	SELECT events.session_id AS session_id, min(events.happened) AS reached, min(first_step.machine_id) AS machine_id
	FROM events
	JOIN first_step ON first_step.session_id = events.session_id
	WHERE events.name = {second:String} AND events.happened > first_step.reached
	GROUP BY events.session_id
),
third_step AS (
	SELECT events.session_id AS session_id, min(events.happened) AS reached, min(second_step.machine_id) AS machine_id
	FROM events
	JOIN second_step ON second_step.session_id = events.session_id
	WHERE events.name = {third:String} AND events.happened > second_step.reached
	GROUP BY events.session_id
),
steps AS (
	SELECT 1 AS step, {first:String} AS name, machine_id FROM first_step
	UNION ALL
	SELECT 2 AS step, {second:String} AS name, machine_id FROM second_step
	UNION ALL
	SELECT 3 AS step, {third:String} AS name, machine_id FROM third_step
)
SELECT
	step,
	name,
	count(*) AS sessions,
	count(*) / (SELECT count(*) FROM first_step) AS share
FROM steps
GROUP BY step, name
HAVING count(DISTINCT machine_id) >= {minimum:UInt32}
ORDER BY step
