-- As docs/analysis/weekly-trend.sql: how often each event happened in each week, which begins on Monday in UTC.
WITH weeks AS (
	SELECT name, CAST(date_trunc('week', happened) AS DATE) AS week, sum(weight) AS estimated
	FROM events
	GROUP BY name, CAST(date_trunc('week', happened) AS DATE)
)
SELECT
	name,
	week,
	estimated,
	estimated / nullif(max(estimated) OVER (
		PARTITION BY name ORDER BY week ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING), 0) - 1 AS change
FROM weeks
ORDER BY name, week
