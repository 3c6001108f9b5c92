def write(database, folder):
    pass
