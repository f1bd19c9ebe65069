package webmon.server.access;

import webmon.configuration.Secret;

/**
 * An API key at the only time that its secret is known.
 *
 * @param key {@code wm_<id>_<secret>}, to be given to whoever will use it
 */
public record NewApiKey(String id, Secret key) {}
