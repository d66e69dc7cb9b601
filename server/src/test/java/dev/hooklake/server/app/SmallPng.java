package dev.hooklake.server.app;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/// Makes a picture of a page small enough to be kept with the sources: the 256 colours that are in
/// most of it, each other one replaced by the nearest of them.
final class SmallPng {
  private static final int COLOURS = 256;

  /// Shades that nobody tells apart count as one.
  private static final int FINE = 0xFCFCFC;

  private final int[] palette;
  private final Map<Integer, Integer> places = new HashMap<>();

  private SmallPng(BufferedImage picture) {
    var counts = new HashMap<Integer, Map<Integer, Integer>>();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int colour = picture.getRGB(x, y) & 0xFFFFFF;
        counts.computeIfAbsent(colour & FINE, _ -> new HashMap<>()).merge(colour, 1, Integer::sum);
      }
    }
    List<Map<Integer, Integer>> shades =
        counts.values().stream()
            .sorted(Comparator.comparingInt(SmallPng::pixels).reversed())
            .limit(COLOURS)
            .toList();
    palette = shades.stream().mapToInt(SmallPng::usual).toArray();
  }

  static byte[] of(byte[] png) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    var out = new ByteArrayOutputStream();
    ImageIO.write(new SmallPng(picture).drawn(picture), "png", out);
    return out.toByteArray();
  }

  private static int pixels(Map<Integer, Integer> shade) {
    return shade.values().stream().mapToInt(n -> n).sum();
  }

  private static int usual(Map<Integer, Integer> shade) {
    return shade.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  private BufferedImage drawn(BufferedImage picture) {
    var model = new IndexColorModel(8, palette.length, palette, 0, false, -1, 0);
    var drawn =
        new BufferedImage(
            picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int place = places.computeIfAbsent(picture.getRGB(x, y) & 0xFFFFFF, this::nearest);
        drawn.getRaster().setSample(x, y, 0, place);
      }
    }
    return drawn;
  }

  private int nearest(int colour) {
    int best = 0;
    for (int place = 1; place < palette.length; place++) {
      if (distance(palette[place], colour) < distance(palette[best], colour)) {
        best = place;
      }
    }
    return best;
  }

  private static int distance(int one, int other) {
    int red = ((one >> 16) & 0xFF) - ((other >> 16) & 0xFF);
    int green = ((one >> 8) & 0xFF) - ((other >> 8) & 0xFF);
    int blue = (one & 0xFF) - (other & 0xFF);
    return red * red + green * green + blue * blue;
  }
}
