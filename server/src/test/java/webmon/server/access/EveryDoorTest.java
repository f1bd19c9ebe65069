package webmon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import webmon.server.Server;

/** A resource method that says nothing would be closed; one that says both would be a riddle. */
class EveryDoorTest {

  @Test
  void saysWhoMayGoThrough() throws IOException, URISyntaxException, ClassNotFoundException {
    List<Method> doors = new ArrayList<>();
    for (Class<?> type : resources()) {
      for (Method method : type.getMethods()) {
        for (Annotation annotation : method.getAnnotations()) {
          if (annotation.annotationType().isAnnotationPresent(HttpMethod.class)) {
            doors.add(method);
          }
        }
      }
    }
    assertThat(doors).hasSizeGreaterThan(10);
    assertThat(doors)
        .allSatisfy(door ->
            assertThat(door.isAnnotationPresent(Needs.class) ^ door.isAnnotationPresent(Open.class))
                .isTrue());
    assertThat(
            doors.stream()
                .filter(door -> door.isAnnotationPresent(Open.class))
                .map(Method::getName))
        .containsExactlyInAnyOrder("alive", "ready", "dashboard", "login", "logIn", "logOut");
  }

  private static List<Class<?>> resources()
      throws IOException, URISyntaxException, ClassNotFoundException {
    java.nio.file.Path root =
        java.nio.file.Path.of(
            Server.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> types = new ArrayList<>();
    try (Stream<java.nio.file.Path> files = Files.walk(root)) {
      for (java.nio.file.Path file :
          files.filter(path -> path.toString().endsWith("Resource.class")).toList()) {
        String name =
            root.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
        Class<?> type = Class.forName(name);
        assertThat(type.isAnnotationPresent(Path.class)).as(name).isTrue();
        types.add(type);
      }
    }
    return types;
  }
}
