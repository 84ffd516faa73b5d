package io.flexir.scheduler.jobs;

import io.flexir.scheduler.activation.ActivationBook;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.dispatch.ExperimentBook;
import io.flexir.scheduler.dispatch.FeedbackBook;
import io.flexir.scheduler.dispatch.PolicyBook;
import io.flexir.scheduler.dispatch.TenantBook;
import io.flexir.scheduler.tracing.MessageSpans;
import io.flexir.scheduler.tracing.Tracing;

import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;

/** The topology, running. */
public final class JobsStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobsStreams.class);
    private static final Duration STOP = Duration.ofSeconds(20);

    /**
     * A thread without partitions has nothing in flight; it may wait for a broker that is stuck.
     */
    private static final Duration STOP_IDLE = Duration.ofSeconds(3);

    private final KafkaStreams streams;
    private final Instance instance;
    private final StateDirectory stateDirectory;
    private final GroupMembershipOperation whenClosed;

    private JobsStreams(
            KafkaStreams streams,
            Instance instance,
            StateDirectory stateDirectory,
            GroupMembershipOperation whenClosed) {
        this.streams = streams;
        this.instance = instance;
        this.stateDirectory = stateDirectory;
        this.whenClosed = whenClosed;
    }

    /**
     * Starts it and returns at once; {@link #ready} tells when it has partitions.
     *
     * @throws TopicsNotReadyException when the broker or a topic is not there
     */
    public static JobsStreams start(
            StreamsSettings settings,
            JobsRules rules,
            BundleCatalog bundles,
            JobEvents events,
            InstantSource clock) {
        return start(settings, rules, bundles, events, Tracing.OFF, clock);
    }

    /** The same with its records traced. */
    public static JobsStreams start(
            StreamsSettings settings,
            JobsRules rules,
            BundleCatalog bundles,
            JobEvents events,
            Tracing tracing,
            InstantSource clock) {
        int partitions = TopicCheck.jobPartitions(settings.kafka(), rules.pools());
        Instance instance =
                Instance.of(
                        rules,
                        partitions,
                        bundles,
                        events,
                        new MessageSpans(tracing),
                        streamsMillis -> clock.instant());
        StateDirectory directory = StateDirectory.of(settings.stateDirectory());
        KafkaStreams streams =
                new KafkaStreams(
                        JobsTopology.of(instance),
                        StreamsProperties.of(settings, directory.path()),
                        new StreamsTime(clock));
        streams.setUncaughtExceptionHandler(new FaultBudget(clock));
        streams.setStateListener(JobsStreams::log);
        streams.start();
        GroupMembershipOperation whenClosed =
                settings.instanceId() == null
                        ? GroupMembershipOperation.LEAVE_GROUP
                        : GroupMembershipOperation.REMAIN_IN_GROUP;
        return new JobsStreams(streams, instance, directory, whenClosed);
    }

    /** Whether requests are being taken in. */
    public boolean ready() {
        return streams.state() == State.RUNNING;
    }

    /** Whether they still can be, after a while; when not, only a restart of the process helps. */
    public boolean alive() {
        return !streams.state().hasCompletedShutdown();
    }

    /** The policy in force, as the control topic has it. */
    public PolicyBook policy() {
        return instance.policy();
    }

    /** Experiments, as the control topic has them. */
    public ExperimentBook experiments() {
        return instance.experiments();
    }

    /** What clients think of their results, as the control topic has it. */
    public FeedbackBook feedback() {
        return instance.feedback();
    }

    /** Versions of models, as the control topic has them. */
    public ActivationBook activations() {
        return instance.activations();
    }

    /** What is to be gone, as the control topic has it. */
    public Purges purges() {
        return instance.purges();
    }

    /** How tenants stand, by the partitions of this instance. */
    public TenantBook tenants() {
        return instance.tenants();
    }

    /**
     * Finishes what is in flight and hands the partitions over to other schedulers; a static member
     * keeps them for its session, to come back to.
     */
    @Override
    public void close() {
        Duration patience = ready() ? STOP : STOP_IDLE;
        boolean stopped =
                streams.close(
                        CloseOptions.groupMembershipOperation(whenClosed).withTimeout(patience));
        if (!stopped) {
            LOG.warn("event=streams_stop_timed_out seconds={}", patience.toSeconds());
        }
        stateDirectory.close();
    }

    private static void log(State next, State previous) {
        LOG.info("event=streams_state state={} before={}", next, previous);
    }
}
