package io.flexir.scheduler.costs;

import io.flexir.contracts.request.TenantId;

/**
 * What costs are told apart by.
 *
 * @param task of the model: denoise, jpeg or super-resolution
 * @param pointer where its regions ended, the mean by area, rounded
 * @param device class of it, such as {@code cpu}
 */
record CostKey(TenantId tenant, String task, int pointer, String device) {
    /** The task of a model that this scheduler does not have. */
    static final String UNKNOWN = "unknown";
}
