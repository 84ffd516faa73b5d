package io.flexir.contracts.work;

import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.check.Require;

/**
 * A model that an order may be done with.
 *
 * @param name name of the bundle
 * @param digest SHA-256 of the bundle's manifest: the worker loads exactly this one
 * @param task what it restores
 * @param budget pointers of this model that the worker may end between
 */
public record GrantedModel(String name, String digest, Task task, PointerBudget budget) {
    public GrantedModel {
        Require.name("name", name, 128);
        Require.sha256("digest", digest);
        Require.present("task", task);
        Require.present("budget", budget);
    }
}
