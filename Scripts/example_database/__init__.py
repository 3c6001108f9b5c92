"""Parts of the script that makes the example company's database."""
