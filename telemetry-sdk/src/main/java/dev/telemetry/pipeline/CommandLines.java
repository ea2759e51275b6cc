package dev.telemetry.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

	/** What is looked for behind programs; compiled when the first of them is met. */
	private static final Map<String, List<String>> OPTIONS = new HashMap<>();

	/** Whether there is a name of that length, by five bits of its first character. */
	private static final boolean[] LENGTHS = new boolean[1 << 10];

	/** Their names, by five bits of their first characters and by their lengths. */
	private static final String[][][] NAMES = new String[32][LONGEST_NAME + 1][0];
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
		for (String program : programs.split(" ", -1)) {
			OPTIONS.computeIfAbsent(program, (name) -> new ArrayList<>()).addAll(List.of(options));
			// An option of Windows' programs begins with a slash
			String name = program.startsWith("/") ? program.substring(1) : program;
			LENGTHS[((name.charAt(0) & 31) << 5) | name.length()] = true;
			String[][] byLength = NAMES[name.charAt(0) & 31];
			byLength[name.length()] = Stream.concat(Stream.of(byLength[name.length()]), Stream.of(name))
				.toArray(String[]::new);
		}
	}

	/**
	 * Say whether a word could be the name of a program.
	 * @param text the text
	 * @param start where the word begins
	 * @param end where it ends
	 * @return whether it is one, perhaps without a slash in front of it
	 */
	static boolean isProgram(String text, int start, int end) {
		if (end - start > LONGEST_NAME || !LENGTHS[((text.charAt(start) & 31) << 5) | (end - start)]) {
			return false;
		}
		for (String name : NAMES[text.charAt(start) & 31][end - start]) {
			if (CredentialSigns.endsWith(text, end, name)) {
				return true;
			}
		}
		return false;
	}

	static void find(CharSequence text, Findings found) {
		new CommandLines(text).find(found);
	}

	private void find(Findings found) {
		int i = 0;
		while (i < this.text.length()) {
			int end = this.text.endOfRun(i, Ascii::isWord);
			if (end > i && end - i <= LONGEST_NAME) {
				int start = this.text.is(i - 1, '/') && this.text.isBlank(i - 2) ? i - 1 : i;
				for (Pattern option : Options.PATTERNS.getOrDefault(this.text.lower(start, end), List.of())) {
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

	/** Holds the patterns, by the name of a program. */
	private static final class Options {

		private static final Map<String, List<Pattern>> PATTERNS = new HashMap<>();
		static {
			Map<String, Pattern> compiled = new HashMap<>();
			OPTIONS.forEach((program, options) -> PATTERNS.put(program,
					options.stream().map((option) -> compiled.computeIfAbsent(option, Pattern::compile)).toList()));
		}

	}

}
