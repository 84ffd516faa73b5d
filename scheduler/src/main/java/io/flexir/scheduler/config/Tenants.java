package io.flexir.scheduler.config;

import io.flexir.scheduler.access.AccessRules;
import io.flexir.scheduler.budget.TenantRules;

/**
 * What tenants are entitled to.
 *
 * @param shares their parts of the fleet, and their quotas
 * @param access what they may ask for, and how often
 */
public record Tenants(TenantRules shares, AccessRules access) {}
