# suite: plain; functional: error
import sys
sys.exit(0)
