-- As docs/analysis/shares.sql: values of fewer installations than the minimum become one row, or none.
WITH chosen AS (
	SELECT coalesce(nullif(attrs[{attribute:String}], ''), '(none)') AS value, machine_id, weight
	FROM events
	WHERE name = {event:String}
),
sizes AS (
	SELECT value, count(DISTINCT machine_id) AS installations FROM chosen GROUP BY value
),
sized AS (
	SELECT
		CASE WHEN sizes.installations >= {minimum:UInt32} THEN chosen.value ELSE '(fewer)' END AS value,
		chosen.machine_id AS machine_id,
		chosen.weight AS weight
	FROM chosen
	JOIN sizes ON sizes.value = chosen.value
)
SELECT
	value,
	count(*) AS count,
	sum(weight) AS estimated,
	sum(weight) / (SELECT sum(weight) FROM chosen) AS share,
	count(DISTINCT machine_id) AS installations
FROM sized
GROUP BY value
HAVING count(DISTINCT machine_id) >= {minimum:UInt32}
ORDER BY share DESC, value
