package io.flexir.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.AccessRules;
import io.flexir.scheduler.access.InputRules;
import io.flexir.scheduler.access.Place;
import io.flexir.scheduler.access.RateRules;
import io.flexir.scheduler.api.TlsFiles;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.budget.TenantTerms;
import io.flexir.scheduler.config.InvalidConfigException;
import io.flexir.scheduler.config.JobsConfig;
import io.flexir.scheduler.config.KeepingConfig;
import io.flexir.scheduler.config.ScalingConfig;
import io.flexir.scheduler.config.SchedulerConfig;
import io.flexir.scheduler.config.Tenants;
import io.flexir.scheduler.costs.PriceList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class SchedulerOptionsTest {
    @Test
    void flags_that_are_left_out_mean_the_defaults_of_the_configuration() {
        SchedulerConfig config = parse("--s3-secret-key=hush");

        assertThat(config.jobs()).isEqualTo(JobsConfig.DEFAULT);
        assertThat(config.scaling()).isEqualTo(ScalingConfig.DEFAULT);
        assertThat(config.keeping()).isEqualTo(KeepingConfig.DEFAULT);
        assertThat(config.http().port()).isEqualTo(8080);
        assertThat(config.kafka().sessionTimeout().toMillis()).isEqualTo(6000);
    }

    @Test
    void a_policy_is_a_kind_and_its_parameter() {
        assertThat(parse("--s3-secret-key=hush", "--policy=fixed:4").jobs().policy())
                .isEqualTo(new BudgetPolicy.Fixed(4));
        assertThat(parse("--s3-secret-key=hush", "--policy=load:2.5").jobs().policy())
                .isEqualTo(new BudgetPolicy.Load(2.5));
        assertThat(parse("--s3-secret-key=hush", "--policy=slack").jobs().policy())
                .isEqualTo(new BudgetPolicy.Slack());
        assertThat(parse("--s3-secret-key=hush", "--policy=gain").jobs().policy())
                .isEqualTo(new BudgetPolicy.Gain());
    }

    @Test
    void another_policy_is_refused_with_those_there_are() {
        for (String wrong : new String[] {"magic", "load", "load:fast", "fixed:0", "gain:2"}) {
            assertThatExceptionOfType(ParameterException.class)
                    .isThrownBy(() -> parse("--s3-secret-key=hush", "--policy=" + wrong))
                    .withMessageContaining("gain, slack, load:SECONDS or fixed:POINTER");
        }
    }

    @Test
    void prices_are_read_from_a_file(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("prices.json");
        Files.writeString(file, "{'currency':'EUR','workerHour':{'cuda':2.5}}".replace('\'', '"'));

        assertThat(parse("--s3-secret-key=hush", "--prices=" + file).costs().prices())
                .isEqualTo(new PriceList("EUR", Map.of("cuda", 2.5), 0, 0));
        for (String wrong :
                List.of(
                        "{}",
                        "{'currency':'euro'}",
                        "{'currency':'EUR','gigaMac':-1}",
                        "{'a':1}")) {
            Files.writeString(file, wrong.replace('\'', '"'));

            assertThatExceptionOfType(InvalidConfigException.class)
                    .isThrownBy(() -> parse("--s3-secret-key=hush", "--prices=" + file))
                    .withMessageContaining("the price list " + file);
        }
    }

    @Test
    void tenants_are_read_from_a_file(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("tenants.json");
        Files.writeString(
                file,
                "{'tenants':{'museum':{'weight':2,'maxWaitingJobs':9,'inputs':['photos/in/']}}}"
                        .replace('\'', '"'));

        Tenants tenants =
                parse("--s3-secret-key=hush", "--tenants=" + file).jobs().entitled("flexir", 5);
        TenantRules rules = tenants.shares();

        assertThat(rules.of(new TenantId("museum")))
                .isEqualTo(new TenantTerms(2, 9, Double.POSITIVE_INFINITY));
        assertThat(rules.of(new TenantId("another"))).isEqualTo(TenantTerms.EQUAL);
        assertThat(tenants.access())
                .isEqualTo(
                        new AccessRules(
                                new InputRules(
                                        "flexir",
                                        Map.of(
                                                new TenantId("museum"),
                                                List.of(new Place("photos", "in/"))),
                                        List.of()),
                                new RateRules(Map.of(new TenantId("museum"), 5.0), 5)));
    }

    @Test
    void a_tenants_file_that_says_what_it_must_not_is_refused_by_field(@TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("tenants.json");
        Files.writeString(file, "{'tenants':{'museum':{'weight':0}}}".replace('\'', '"'));
        SchedulerConfig config = parse("--s3-secret-key=hush", "--tenants=" + file);

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> config.jobs().entitled("flexir", 1))
                .withMessageContaining("weight must be between");
    }

    @Test
    void a_secret_must_be_given() {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(SchedulerOptionsTest::parse)
                .withMessage("--s3-secret-key or --s3-secret-key-file must be given");
    }

    @Test
    void secrets_are_read_from_files_and_never_printed(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "planted-swordfish\n");
        Path key = Files.writeString(directory.resolve("key"), "planted-trout");
        Path kafka =
                Files.writeString(
                        directory.resolve("client.properties"),
                        "security.protocol=SASL_SSL\nsasl.jaas.config=planted-pike;\n");

        SchedulerConfig config =
                parse(
                        "--s3-secret-key-file=" + secret,
                        "--api-key-file=" + key,
                        "--kafka-config=" + kafka,
                        "--kafka-property=security.protocol=SSL");

        assertThat(config.store().secretKey().value()).isEqualTo("planted-swordfish");
        assertThat(config.http().apiKey()).extracting("value").isEqualTo("planted-trout");
        assertThat(config.kafka().properties())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("sasl.jaas.config", "planted-pike;");
        assertThat(config.toString()).doesNotContain("planted").contains("***");
    }

    @Test
    void a_secret_is_given_in_one_way_that_can_be_read(@TempDir Path directory) throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> parse("--s3-secret-key=a", "--s3-secret-key-file=" + empty))
                .withMessageContaining("must not both be given");
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> parse("--s3-secret-key-file=" + empty))
                .withMessageContaining("is empty");
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> parse("--s3-secret-key=a", "--api-key-file=" + directory))
                .withMessageContaining("cannot be read");
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> parse("--s3-secret-key=a", "--kafka-config=" + directory))
                .withMessageContaining("cannot be read");
    }

    @Test
    void a_certificate_comes_with_its_key() {
        assertThat(parse("--s3-secret-key=a", "--tls-certificate=c", "--tls-key=k").http().tls())
                .isEqualTo(new TlsFiles(Path.of("c"), Path.of("k")));
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> parse("--s3-secret-key=a", "--tls-key=k"))
                .withMessageContaining("together");
    }

    private static SchedulerConfig parse(String... arguments) {
        SchedulerOptions options = new SchedulerOptions();
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(options))
                .parseArgs(arguments);
        return options.toConfig();
    }
}
