def write(database, folder):
    return {}
