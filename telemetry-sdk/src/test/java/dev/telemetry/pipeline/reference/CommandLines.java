package dev.telemetry.pipeline.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds credentials among the arguments of well-known programs, where an option of one
 * letter, or only a place, says what they are: {@code curl -u admin:…},
 * {@code mysql -p…}, {@code sqlplus scott/…@db}. Options with a telling name need no
 * program, see {@link CredentialScanner}. An option is looked for so many characters
 * behind the name of its program, on the same line.
 */
final class CommandLines {

	/** As far as a program's arguments are looked at. */
	private static final int REACH = 640;

	private static final int LONGEST_NAME = 24;

	/** What may be between a program and its option. */
	private static final String UP_TO = "(?:\\.exe)?\\s(?:[^\\n]{0,160}?\\s)?";

	private static final String SECRET = "(?<secret>[^\\s\"']{1,256})";

	private static final String NAME = "[\"']?[^\\s:\"'=]{1,64}:(?!//)";

	private static final String ORACLE_NAME = "[\\w$#\".]{1,64}/(?<secret>\"[^\"\\s]{1,64}\"|[^\\s@/\"]{1,64})";

	private static final Map<String, List<Pattern>> PROGRAMS = new HashMap<>();
	static {
		// curl(1), http(1), ab(1); what follows "--user" elsewhere, unless it is a
		// group's number
		options("curl", UP_TO + "(?:-[A-Za-z#]{0,8}[uUE]|--user|--proxy-user|--cert)[ =]?" + NAME + SECRET);
		options("http https xh ab", UP_TO + "(?:-a|-A|--auth)[ =]" + NAME + SECRET);
		options("--user --proxy-user", "[ =]" + NAME + "(?!\\d+(?:\\s|\\z))" + SECRET);
		// mysql(1), 7z(1), rar(1): nothing is between option and secret
		options("mysql mysqldump mysqladmin mysqlimport mysqlcheck mariadb mariadb-dump 7z 7za 7zr rar unrar",
				UP_TO + "-p[\"']?" + SECRET);
		// sshpass(1), mongosh(1), psexec, docker-login(1) and others
		options("sshpass mongo mongosh mongodump mongorestore mongoexport mongoimport psexec",
				UP_TO + "-p ?[\"']?" + SECRET);
		options("login", UP_TO + "-p[ =]?[\"']?" + SECRET);
		// redis-cli(1), sqlcmd, bcp, ldapsearch(1), zip(1), snmpcmd(1), openssl(1),
		// ssh-keygen(1)
		options("redis-cli", UP_TO + "-a [\"']?" + SECRET);
		options("sqlcmd isql osql bcp zip unzip", UP_TO + "-P ?[\"']?" + SECRET);
		options("ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd ldapcompare",
				UP_TO + "-w ?[\"']?" + SECRET);
		options("snmpget snmpset snmpwalk snmpbulkwalk snmptrap snmpgetnext", UP_TO + "-A [\"']?" + SECRET,
				UP_TO + "-X [\"']?" + SECRET);
		options("openssl", UP_TO + "-[kK] [\"']?" + SECRET);
		options("ssh-keygen", UP_TO + "-[NP] ?[\"']?" + SECRET);
		options("smbclient rpcclient", UP_TO + "-U ?[\"']?[^\\s%\"']{1,64}%" + SECRET);
		options("lftp", UP_TO + "-u ?[^\\s,]{1,64}," + SECRET);
		// htpasswd(1), net, schtasks, PowerShell
		options("htpasswd", " -(?=[a-zA-Z]{0,4}n)[a-zA-Z]{0,4}b[a-zA-Z]{0,4} \\S{1,64} " + SECRET,
				" -(?![a-zA-Z]{0,4}n)[a-zA-Z]{0,4}b[a-zA-Z]{0,4} \\S{1,128} \\S{1,64} " + SECRET);
		options("net", "(?:\\.exe)? user \\S{1,64}\\s{1,3}(?<secret>[^\\s/*\"']\\S{0,127})",
				"(?:\\.exe)? use (?:(?:[A-Za-z]:|\\*) )?\\S{1,128}\\s{1,3}(?<secret>[^\\s/*\"'\\\\]\\S{0,127})(?=\\s{1,3}/user:)");
		options("/user", ":\\S{1,64}\\s{1,3}(?<secret>[^\\s/*\"']\\S{0,127})");
		options("schtasks", UP_TO + "/rp\\s{1,3}" + SECRET);
		options("pscredential", "\\s{0,3}\\([^,\\n]{1,64},\\s{0,3}[\"']" + SECRET);
		options("convertto-securestring", "\\s(?:-String\\s)?[\"']" + SECRET);
		// Oracle: SQL*Plus, Data Pump, and the URLs of its JDBC driver
		options("sqlplus", "\\s(?:-\\S{1,16}\\s){0,3}" + ORACLE_NAME + "(?=[@\\s]|\\z)");
		options("sqlplus sqlldr expdp impdp rman connect conn exp imp",
				"\\s(?:\\S{1,16}\\s){0,3}(?:userid=)?" + ORACLE_NAME + "(?=@)");
		options("jdbc", ":oracle:[a-z0-9]{1,8}:" + ORACLE_NAME + "(?=@)");
		options("oracle", "(?:\\+\\w{1,16})?://" + ORACLE_NAME + "(?=@)");
	}

	private final ScannedText text;

	private final CharSequence source;

	private CommandLines(CharSequence source) {
		this.source = source;
		this.text = new ScannedText(source);
	}

	private static void options(String programs, String... options) {
		List<Pattern> patterns = new ArrayList<>();
		for (String option : options) {
			patterns.add(Pattern.compile(option));
		}
		for (String program : programs.split(" ", -1)) {
			PROGRAMS.computeIfAbsent(program, (name) -> new ArrayList<>()).addAll(patterns);
		}
	}

	static void find(CharSequence text, Findings found) {
		new CommandLines(text).find(found);
	}

	private void find(Findings found) {
		int i = 0;
		while (i < this.text.length()) {
			int end = this.text.endOfRun(i, Ascii::isWord);
			if (end > i && end - i <= LONGEST_NAME) {
				// An option of Windows' programs begins with a slash
				int start = this.text.is(i - 1, '/') && this.text.isBlank(i - 2) ? i - 1 : i;
				for (Pattern option : PROGRAMS.getOrDefault(this.text.lower(start, end), List.of())) {
					argument(option, end, found);
				}
			}
			i = end + 1;
		}
	}

	private void argument(Pattern option, int start, Findings found) {
		Matcher matcher = option.matcher(this.source);
		matcher.region(start, Math.min(start + REACH, this.text.length()));
		if (matcher.lookingAt()) {
			found.add(matcher.start("secret"), matcher.end("secret"));
		}
	}

}
