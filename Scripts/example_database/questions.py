def write(database, statements, folder):
    pass
