package io.flexir.scheduler.api;

import io.flexir.scheduler.dispatch.PolicyBook;
import io.flexir.scheduler.dispatch.TenantBook;

/**
 * What the API shows and asks of the scheduler's core.
 *
 * @param policy in force, as the control topic has it
 * @param tenants how they stand
 */
public record Core(PolicyBook policy, TenantBook tenants) {}
