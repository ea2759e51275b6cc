package dev.telemetry.example.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** A command line that knows something about texts. */
@SpringBootApplication
public class WordsApplication {

	/**
	 * Carry out one command.
	 * @param arguments the command and its arguments
	 */
	public static void main(String[] arguments) {
		System.exit(SpringApplication.exit(SpringApplication.run(WordsApplication.class, arguments)));
	}

	/** A bean, so that its commands are recorded without a further line. */
	@Bean
	CommandLine commandLine(ApplicationContext context) {
		return new CommandLine(WordsCommand.class, factory(context)).setAbbreviatedSubcommandsAllowed(true);
	}

	/** Commands that are beans, such as {@code telemetry}, are taken from Spring. */
	private static IFactory factory(ApplicationContext context) {
		IFactory otherwise = CommandLine.defaultFactory();
		return new IFactory() {

			@Override
			public <K> K create(Class<K> type) throws Exception {
				K bean = context.getBeanProvider(type).getIfAvailable();
				return (bean != null) ? bean : otherwise.create(type);
			}

		};
	}

}
