package io.flexir.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.scheduler.config.JobsConfig;
import io.flexir.scheduler.config.ScalingConfig;
import io.flexir.scheduler.config.SchedulerConfig;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class SchedulerOptionsTest {
    @Test
    void flags_that_are_left_out_mean_the_defaults_of_the_configuration() {
        SchedulerConfig config = parse("--s3-secret-key=hush");

        assertThat(config.jobs()).isEqualTo(JobsConfig.DEFAULT);
        assertThat(config.scaling()).isEqualTo(ScalingConfig.DEFAULT);
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
    void a_secret_must_be_given() {
        assertThatExceptionOfType(ParameterException.class)
                .isThrownBy(SchedulerOptionsTest::parse)
                .withMessageContaining("--s3-secret-key");
    }

    private static SchedulerConfig parse(String... arguments) {
        SchedulerOptions options = new SchedulerOptions();
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(options))
                .parseArgs(arguments);
        return options.toConfig();
    }
}
