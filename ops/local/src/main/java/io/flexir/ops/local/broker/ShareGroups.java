package io.flexir.ops.local.broker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What the broker knows of share groups. */
public final class ShareGroups implements AutoCloseable {

    private final Admin admin;

    /** Asks this broker. */
    public ShareGroups(EmbeddedBroker broker) {
        admin = broker.admin();
    }

    /** Whether the group has a member that records are handed out to. */
    public boolean isServed(String group) {
        try {
            return admin.describeShareGroups(List.of(group)).all().get().values().stream()
                    .map(ShareGroupDescription::members)
                    .flatMap(Collection::stream)
                    .anyMatch(member -> !member.assignment().topicPartitions().isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw new IllegalStateException("the broker does not describe group " + group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
