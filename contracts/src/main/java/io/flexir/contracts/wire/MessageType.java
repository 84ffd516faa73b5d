package io.flexir.contracts.wire;

import io.flexir.contracts.control.ControlRecord;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.webhook.WebhookDelivery;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.contracts.work.WorkerReport;

import java.util.List;

/**
 * A kind of message and its version. The version stands in the CloudEvents type: a reader refuses
 * those it does not know.
 *
 * @param eventType CloudEvents {@code type}, such as {@code io.flexir.restoration-request.v1}
 * @param payload the record that the JSON is bound to
 */
public record MessageType<T>(String eventType, Class<T> payload) {
    public static final MessageType<RestorationRequest> REQUEST =
            v1("restoration-request", RestorationRequest.class);
    public static final MessageType<JobView> JOB = v1("job", JobView.class);
    public static final MessageType<WorkOrder> WORK_ORDER = v1("work-order", WorkOrder.class);
    public static final MessageType<WorkerReport> REPORT = v1("worker-report", WorkerReport.class);
    public static final MessageType<Outcome> OUTCOME = v1("outcome", Outcome.class);
    public static final MessageType<WorkerHeartbeat> HEARTBEAT =
            v1("worker-heartbeat", WorkerHeartbeat.class);
    public static final MessageType<ControlRecord> CONTROL = v1("control", ControlRecord.class);
    public static final MessageType<DeadLetter> DEAD_LETTER = v1("dead-letter", DeadLetter.class);
    public static final MessageType<WebhookDelivery> WEBHOOK =
            v1("webhook-delivery", WebhookDelivery.class);

    /** Every message there is. */
    public static final List<MessageType<?>> ALL =
            List.of(
                    REQUEST,
                    JOB,
                    WORK_ORDER,
                    REPORT,
                    OUTCOME,
                    HEARTBEAT,
                    CONTROL,
                    DEAD_LETTER,
                    WEBHOOK);

    private static <T> MessageType<T> v1(String name, Class<T> payload) {
        return new MessageType<>("io.flexir." + name + ".v1", payload);
    }
}
