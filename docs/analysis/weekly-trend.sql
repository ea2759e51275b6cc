-- How often each event happened in each week, which begins on Monday in UTC, and the change to the week before.
-- A week without the event has no row; the change is of the last week that has one.
SELECT
	name,
	CAST(date_trunc('week', happened) AS DATE) AS week,
	sum(weight) AS estimated,
	sum(weight) / lag(sum(weight)) OVER (PARTITION BY name ORDER BY week) - 1 AS change
FROM events
WHERE happened IS NOT NULL
GROUP BY name, week
ORDER BY name, week;
