package io.flexir.ops.bench.flow;

import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Sends requests one by one at an even rate, and times each until its order can be read. */
final class IdleFleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(2);
    private static final int DIGITS = 3;
    private static final double MICROS_A_MILLI = 1000;

    private final Requests requests;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> reader;
    private final Map<String, Long> sentNanos = new HashMap<>();

    IdleFleet(Clients clients, Requests requests) {
        this.requests = requests;
        this.producer = clients.producer(Map.of("linger.ms", 0));
        this.reader = clients.reader(FlowCluster.workTopic());
    }

    /**
     * @throws IllegalStateException when an order does not come for a minute
     */
    Latency measure(int count, double perSecond) {
        Histogram micros = new Histogram(DIGITS);
        long gapNanos = (long) (1e9 / perSecond);
        long next = System.nanoTime();
        int sent = 0;
        long lastNews = next;
        while (sent < count || !sentNanos.isEmpty()) {
            long now = System.nanoTime();
            if (sent < count && now - next >= 0) {
                send(sent++);
                next += gapNanos;
                lastNews = now;
            }
            int come = read(micros);
            lastNews = come > 0 ? System.nanoTime() : lastNews;
            if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
                throw new IllegalStateException(sentNanos.size() + " orders did not come");
            }
        }
        return new Latency(
                count,
                millis(micros, 50),
                millis(micros, 90),
                millis(micros, 99),
                micros.getMaxValue() / MICROS_A_MILLI);
    }

    private void send(int number) {
        ProducerRecord<String, byte[]> record = requests.record(number);
        sentNanos.put(record.key(), System.nanoTime());
        var _ = producer.send(record);
    }

    private int read(Histogram micros) {
        int come = 0;
        for (ConsumerRecord<String, byte[]> order : reader.poll(POLL)) {
            Long sent = sentNanos.remove(order.key());
            if (sent != null) {
                micros.recordValue((System.nanoTime() - sent) / 1000);
                come++;
            }
        }
        return come;
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS_A_MILLI;
    }

    @Override
    public void close() {
        producer.close();
        reader.close();
    }
}
