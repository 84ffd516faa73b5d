package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Commands trust a scheduler at https by the certificates of {@code --ca} alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class AuthoritiesTest {
    private static final byte[] ANSWER =
            "{\"type\": \"urn:flexir:problem:unauthorized\", \"title\": \"Who is there?\", \"status\": 401}"
                    .getBytes(StandardCharsets.UTF_8);

    private final HeldCertificate authority = authority();
    private HttpsServer server;
    @TempDir private Path directory;

    @BeforeAll
    void start() throws IOException {
        HeldCertificate certificate =
                new HeldCertificate.Builder()
                        .addSubjectAlternativeName("127.0.0.1")
                        .signedBy(authority)
                        .build();
        HandshakeCertificates served =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(served.sslContext()));
        server.createContext(
                "/",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
                    exchange.sendResponseHeaders(401, ANSWER.length);
                    exchange.getResponseBody().write(ANSWER);
                    exchange.close();
                });
        server.start();
    }

    @AfterAll
    void stop() {
        server.stop(0);
    }

    @Test
    void the_answer_of_a_scheduler_whose_authority_is_named_is_read() throws IOException {
        assertThat(policy("--ca", file(authority))).contains("Who is there?");
    }

    @Test
    void a_scheduler_of_another_authority_is_not_asked() throws IOException {
        assertThat(policy("--ca", file(authority())))
                .doesNotContain("Who is there?")
                .containsIgnoringCase("certif");
    }

    @Test
    void without_a_file_only_what_java_knows_is_trusted() {
        assertThat(policy()).doesNotContain("Who is there?").containsIgnoringCase("certif");
    }

    @Test
    void a_file_without_certificates_is_refused_by_name() throws IOException {
        Path file = Files.writeString(directory.resolve("empty.pem"), "nothing");

        assertThat(policy("--ca", file.toString())).contains("empty.pem");
    }

    private String policy(String... options) {
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setErr(new PrintWriter(err, true));
        String[] all = new String[options.length + 4];
        System.arraycopy(options, 0, all, 4, options.length);
        all[0] = "policy";
        all[1] = "--url";
        all[2] = "https://127.0.0.1:" + server.getAddress().getPort();
        all[3] = "--api-key=a-key-that-nobody-asks-for-0123456789";
        assertThat(commandLine.execute(all)).isNotZero();
        return err.toString();
    }

    private String file(HeldCertificate root) throws IOException {
        return Files.writeString(
                        Files.createTempFile(directory, "ca", ".pem"), root.certificatePem())
                .toString();
    }

    private static HeldCertificate authority() {
        return new HeldCertificate.Builder().certificateAuthority(0).build();
    }
}
