"""How do I look at my own hospital's patients?"""

from components.ui import upload

upload.show_study()
upload.show_template()

found = upload.read_files()
if found is not None:
    upload.show_opened(found)
