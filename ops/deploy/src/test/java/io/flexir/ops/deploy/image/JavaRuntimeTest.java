package io.flexir.ops.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaRuntimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.sun.security.auth.module.Krb5LoginModule",
                "com.sun.security.sasl.gsskerb.JdkSASL",
            })
    void what_kafkas_clients_load_by_name_is_in_it(String name) throws ClassNotFoundException {
        assertThat(JavaRuntime.MODULES).contains(Class.forName(name).getModule().getName());
    }
}
