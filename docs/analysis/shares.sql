-- The share of each value of an attribute. Values of fewer installations than the minimum become one row "fewer", and
-- if that row has too few as well, it is left out: shares are of all events, so they may add up to less than 1.
-- SET VARIABLE event = 'order.placed'; SET VARIABLE attribute = 'payment'; SET VARIABLE minimum = 20;
WITH chosen AS (
	SELECT
		json_extract_string(attrs, '$."' || getvariable('attribute') || '"') AS value,
		machine_id,
		weight
	FROM events
	WHERE name = getvariable('event')
),
sized AS (
	SELECT
		CASE WHEN count(DISTINCT machine_id) OVER (PARTITION BY value) >= getvariable('minimum')
			THEN coalesce(value, '(none)') ELSE '(fewer)' END AS value,
		machine_id,
		weight
	FROM chosen
)
SELECT
	value,
	count(*) AS count,
	sum(weight) AS estimated,
	sum(weight) / (SELECT sum(weight) FROM chosen) AS share,
	count(DISTINCT machine_id) AS installations
FROM sized
GROUP BY value
HAVING count(DISTINCT machine_id) >= getvariable('minimum')
ORDER BY share DESC, value;
