package dev.telemetry.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import dev.telemetry.sdk.Patience;
import dev.telemetry.sink.http.Tls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An authority, and certificates it issued: real ones, made by the keytool of this Java.
 */
public final class TestCertificates {

	/** Of each key store. */
	public static final String PASSWORD = "changeit";

	private static final String AUTHORITY = "authority";

	private final Path directory;

	private final Path authority;

	/**
	 * Make an authority.
	 * @param directory where to keep its files
	 */
	public TestCertificates(Path directory) throws Exception {
		this.directory = directory;
		this.authority = directory.resolve("authority.p12");
		keytool(this.authority, "-genkeypair", "-alias", AUTHORITY, "-dname", "CN=Test Authority", "-keyalg", "EC",
				"-ext", "bc:c", "-startdate", "-30d", "-validity", "365");
	}

	/**
	 * Issue a certificate for {@code localhost}.
	 * @param name the name of its key store
	 * @param more further options of keytool
	 * @return the key store with key and chain
	 */
	public Path issue(String name, String... more) throws Exception {
		Path file = this.directory.resolve(name + ".p12");
		Files.copy(this.authority, file);
		List<String> options = new ArrayList<>(
				List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC", "-signer", AUTHORITY));
		options.addAll(List.of(more));
		if (!options.contains("-ext")) {
			options.addAll(List.of("-ext", "SAN=dns:localhost,ip:127.0.0.1"));
		}
		keytool(file, options.toArray(String[]::new));
		keytool(file, "-delete", "-alias", AUTHORITY);
		return file;
	}

	private void keytool(Path store, String... options) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		command.addAll(List.of(options));
		command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
		Path output = Files.createTempFile(this.directory, "keytool", ".txt");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		assertThat(process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).as("keytool").isTrue();
		assertThat(process.exitValue()).as(Files.readString(output)).isZero();
	}

	/**
	 * Return what a server shows.
	 * @param store a key store of ours
	 * @return the managers
	 */
	public static KeyManager[] keys(Path store) throws Exception {
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(load(store), PASSWORD.toCharArray());
		return factory.getKeyManagers();
	}

	/**
	 * Return what trusts the authority.
	 * @return the managers
	 */
	public TrustManager[] trust() throws Exception {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(trustStore());
		return factory.getTrustManagers();
	}

	/**
	 * Return a store with the authority and nothing else.
	 * @return the store
	 */
	public KeyStore trustStore() throws Exception {
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry(AUTHORITY, load(this.authority).getCertificate(AUTHORITY));
		return trusted;
	}

	/**
	 * Return what a client uses.
	 * @param keys what it shows
	 * @param trust whom it trusts
	 * @return both, in the forms that sinks ask for
	 */
	public static Tls tls(KeyManager[] keys, TrustManager[] trust) throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys, trust, null);
		return new Tls(context, List.of(keys), List.of(trust));
	}

	private static KeyStore load(Path file) throws Exception {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		return keys;
	}

}
