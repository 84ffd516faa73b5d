package io.flexir.ops.local.stack;

import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.broker.BrokerSettings;
import io.flexir.ops.local.broker.ClusterSetup;
import io.flexir.ops.local.broker.EmbeddedBroker;
import io.flexir.ops.local.broker.FleetTopics;
import io.flexir.ops.local.broker.ShareGroupSpec;
import io.flexir.ops.local.client.ApiKey;
import io.flexir.ops.local.store.CredentialsFile;
import io.flexir.ops.local.store.EmbeddedObjectStore;
import io.flexir.ops.local.store.StoreSettings;

import org.apache.kafka.clients.admin.Admin;

import java.nio.file.Path;
import java.util.List;

/**
 * What a fleet stands on: a broker that has the fleet's topics and share groups, and an object
 * store.
 */
public final class Infrastructure implements AutoCloseable {

    private final DataDirectory directory;
    private final EmbeddedBroker broker;
    private final EmbeddedObjectStore store;
    private final ApiKey key;

    private Infrastructure(
            DataDirectory directory, EmbeddedBroker broker, EmbeddedObjectStore store, ApiKey key) {
        this.directory = directory;
        this.broker = broker;
        this.store = store;
        this.key = key;
    }

    /** Free ports over the given directory, for workers of these pools. */
    public static Infrastructure start(DataDirectory directory, List<String> pools) {
        return start(directory, pools, FleetTopics.shareGroups(pools));
    }

    /**
     * Returns once both answer and the topics exist. A directory that was used before keeps its
     * topics, objects and credentials.
     *
     * @param directory closed with this object
     * @param groups settings of the pools' share groups, where they are not to be the usual ones
     * @throws io.flexir.ops.local.CannotStart if the directory cannot be written or is in use
     */
    public static Infrastructure start(
            DataDirectory directory, List<String> pools, List<ShareGroupSpec> groups) {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(directory.child("broker")));
        try (Admin admin = broker.admin()) {
            ClusterSetup setup = new ClusterSetup(admin);
            setup.createTopics(FleetTopics.topics(pools));
            setup.configure(groups);
            EmbeddedObjectStore store =
                    EmbeddedObjectStore.start(
                            StoreSettings.in(directory.child("objects"))
                                    .withCredentials(
                                            CredentialsFile.readOrCreate(directory.path())));
            return new Infrastructure(
                    directory, broker, store, StackKey.readOrCreate(directory.path()));
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** The broker, to stop and start it. */
    public EmbeddedBroker broker() {
        return broker;
    }

    /** The object store, to stop and start it. */
    public EmbeddedObjectStore store() {
        return store;
    }

    /** What schedulers over it ask their callers for. */
    public ApiKey key() {
        return key;
    }

    /** Where all of it is, for processes of their own. */
    public Connections connections() {
        return new Connections(
                broker.bootstrapServers(),
                store.endpoint(),
                store.credentials(),
                store.bucket(),
                key);
    }

    /** A directory for somebody else's data that is to last as long as broker and store. */
    public Path directory(String name) {
        return directory.child(name).path();
    }

    @Override
    public void close() {
        store.close();
        broker.close();
        directory.close();
    }
}
