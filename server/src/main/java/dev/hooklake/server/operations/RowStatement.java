package dev.hooklake.server.operations;

import java.io.Serial;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// A statement that is run once for each of many rows, in the handle's transaction.
///
/// For the event stream only: its values are bound by position, in the order in which they are
/// given, because finding twenty of them by name took longer than the update of the row itself.
public final class RowStatement implements AutoCloseable {
  private final PreparedStatement statement;
  private int position;
  private int rows;

  public RowStatement(Handle handle, String sql) {
    try {
      statement = handle.getConnection().prepareStatement(sql);
    } catch (SQLException e) {
      throw new Failed(e);
    }
  }

  public RowStatement text(@Nullable String value) {
    try {
      position++;
      if (value == null) {
        statement.setNull(position, Types.VARCHAR);
      } else {
        statement.setString(position, value);
      }
      return this;
    } catch (SQLException e) {
      throw new Failed(e);
    }
  }

  public RowStatement number(@Nullable Long value) {
    try {
      position++;
      if (value == null) {
        statement.setNull(position, Types.BIGINT);
      } else {
        statement.setLong(position, value);
      }
      return this;
    } catch (SQLException e) {
      throw new Failed(e);
    }
  }

  /// The row is complete; the next value is the first of another.
  public void add() {
    try {
      statement.addBatch();
      position = 0;
      rows++;
    } catch (SQLException e) {
      throw new Failed(e);
    }
  }

  /// Runs it for every row; how many rows of the table each has changed.
  public int[] execute() {
    try {
      return rows == 0 ? new int[0] : statement.executeBatch();
    } catch (SQLException e) {
      throw new Failed(e);
    }
  }

  @Override
  public void close() {
    try {
      statement.close();
    } catch (SQLException e) {
      throw new Failed(e);
    }
  }

  /// Without the driver's words: they may quote values of the row.
  private static final class Failed extends JdbiException {
    @Serial private static final long serialVersionUID = 1L;

    Failed(SQLException cause) {
      super("a statement failed: SQL state " + cause.getSQLState(), cause);
    }
  }
}
