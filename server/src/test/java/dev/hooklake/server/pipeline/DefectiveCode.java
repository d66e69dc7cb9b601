package dev.hooklake.server.pipeline;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// All of our classes once more, in a class loader of their own, some compiled with a defect.
final class DefectiveCode extends URLClassLoader {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final String OURS = "dev.hooklake.";
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /// Shared, so that the libraries are opened once.
  private static final StandardJavaFileManager FILES =
      COMPILER.getStandardFileManager(null, null, null);

  private DefectiveCode(URL[] classes) {
    super(classes, DefectiveCode.class.getClassLoader());
  }

  static DefectiveCode with(PlantedDefect defect, Path folder) throws IOException {
    List<String> sources = new ArrayList<>();
    for (Map.Entry<String, String> source : changed(defect).entrySet()) {
      Path file = folder.resolve("src").resolve(source.getKey());
      Files.createDirectories(file.getParent());
      sources.add(Files.writeString(file, source.getValue()).toString());
    }
    Path classes = Files.createDirectories(folder.resolve("classes"));
    compile(sources, classes);
    List<URL> places = new ArrayList<>(List.of(url(classes)));
    for (String place : classPath().split(File.pathSeparator, -1)) {
      places.add(url(Path.of(place)));
    }
    return new DefectiveCode(places.toArray(URL[]::new));
  }

  /// The changed sources by file; fails when the code is no longer what the defect was planted in.
  static Map<String, String> changed(PlantedDefect defect) throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (PlantedDefect.Edit edit : defect.edits()) {
      String source =
          sources.containsKey(edit.file())
              ? sources.get(edit.file())
              : Files.readString(PROJECT.resolve(edit.file()));
      int at = source.indexOf(edit.text());
      if (at < 0 || source.indexOf(edit.text(), at + 1) >= 0) {
        throw new IllegalStateException(
            "\"%s\" must stand once in %s; plant the defect \"%s\" anew"
                .formatted(edit.text(), edit.file(), defect.name()));
      }
      sources.put(edit.file(), source.replace(edit.text(), edit.instead()));
    }
    return sources;
  }

  private static void compile(List<String> sources, Path classes) throws IOException {
    List<String> options =
        List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-classpath", classPath());
    boolean compiled =
        COMPILER
            .getTask(null, FILES, null, options, null, FILES.getJavaFileObjectsFromStrings(sources))
            .call();
    if (!compiled) {
      throw new IllegalStateException("the planted defect does not compile");
    }
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static URL url(Path place) throws MalformedURLException {
    // Directories must end with a slash, also before they exist.
    URI uri = place.toUri();
    return Files.isDirectory(place) && !uri.toString().endsWith("/")
        ? URI.create(uri + "/").toURL()
        : uri.toURL();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = name.startsWith(OURS) ? findClass(name) : super.loadClass(name, false);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }
}
