package io.flexir.scheduler.jobs;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.control.ControlRecord;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.scheduler.activation.ActivationBook;
import io.flexir.scheduler.dispatch.ExperimentBook;
import io.flexir.scheduler.dispatch.FeedbackBook;
import io.flexir.scheduler.dispatch.PolicyBook;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps cancellations, purges, policy, experiments, feedback and versions of models in step with
 * the control topic. Runs on the global thread.
 */
final class ControlReader implements Processor<@Nullable String, byte @Nullable [], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(ControlReader.class);
    private static final String CANCEL = "cancel/";
    private static final String PURGE = "purge/";
    private static final String PURGE_TENANT = "purge-tenant/";
    private static final String FEEDBACK = "feedback/";
    private static final String BUNDLE = "bundle/";
    private static final String EXPERIMENT = "experiment/";

    private final Cancellations cancellations;
    private final Purges purges;
    private final PolicyBook policy;
    private final ExperimentBook experiments;
    private final FeedbackBook feedback;
    private final ActivationBook activations;
    private final MessageCodec codec;

    ControlReader(Instance instance) {
        this.cancellations = instance.cancellations();
        this.purges = instance.purges();
        this.policy = instance.policy();
        this.experiments = instance.experiments();
        this.feedback = instance.feedback();
        this.activations = instance.activations();
        this.codec = instance.codec();
    }

    @Override
    public void process(Record<@Nullable String, byte @Nullable []> record) {
        if (record.key() == null) {
            return;
        }
        if (record.value() == null) {
            deleted(record.key());
            return;
        }
        String type = EventHeaders.typeOf(record.headers());
        switch (codec.decode(MessageType.CONTROL, type, record.value())) {
            case Decoded.Message<ControlRecord> message
                    when !message.value().key().equals(record.key()) ->
                    refuse(record.key(), "its key must be " + message.value().key());
            case Decoded.Message<ControlRecord> message -> apply(message.value());
            case Decoded.Refused<ControlRecord> refused -> refuse(record.key(), refused.reason());
        }
    }

    private void apply(ControlRecord control) {
        switch (control) {
            case ControlRecord.CancelJob cancel -> cancellations.add(cancel);
            case ControlRecord.PurgeJob purge -> {
                purges.add(purge);
                cancellations.add(
                        new ControlRecord.CancelJob(purge.jobId(), purge.tenant(), purge.at()));
            }
            case ControlRecord.PurgeTenant purge -> purges.add(purge);
            case ControlRecord.ChangePolicy change -> policy.change(change);
            case ControlRecord.RunExperiment run -> experiments.put(run);
            case ControlRecord.RateJob rating -> feedback.put(rating);
            case ControlRecord.ActivateBundle activate -> activations.put(activate);
        }
    }

    private void deleted(String key) {
        try {
            if (key.equals("policy/" + PolicyBook.NAME)) {
                policy.reset();
            } else if (key.startsWith(CANCEL)) {
                cancellations.remove(new JobId(key.substring(CANCEL.length())));
            } else if (key.startsWith(PURGE)) {
                purges.removeJob(new JobId(key.substring(PURGE.length())));
            } else if (key.startsWith(PURGE_TENANT)) {
                purges.removeTenant(new TenantId(key.substring(PURGE_TENANT.length())));
            } else if (key.startsWith(FEEDBACK)) {
                feedback.remove(new JobId(key.substring(FEEDBACK.length())));
            } else if (key.startsWith(BUNDLE)) {
                activations.remove(key.substring(BUNDLE.length()));
            } else if (key.startsWith(EXPERIMENT)) {
                experiments.remove(key.substring(EXPERIMENT.length()));
            }
        } catch (InvalidFieldException noJobId) {
            refuse(key, noJobId.field() + " " + noJobId.problem());
        }
    }

    private static void refuse(String key, String reason) {
        LOG.warn("event=control_refused key={} reason=\"{}\"", key, reason);
    }
}
